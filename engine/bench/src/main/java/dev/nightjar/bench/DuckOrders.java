package dev.nightjar.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The orders job as one statement of DuckDB, which spreads it over the cores. */
final class DuckOrders {

  private DuckOrders() {}

  /** Arguments: the orders and the file to write. */
  public static void main(String[] args) throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(statement(args[0], args[1]));
    }
  }

  /** Lines are read as they are: neither separator nor quote is a character of the data. */
  private static String statement(String orders, String kept) {
    return """
    COPY (
      SELECT to_json({id: line->>'$.id', customer: {name: upper(line->>'$.customer.name')},
        total: line->'$.total'})
      FROM read_csv('%s', columns = {'line': 'VARCHAR'}, auto_detect = false, header = false,
        delim = '\\x01', quote = '', escape = '', strict_mode = false)
      WHERE CASE WHEN json_valid(line) THEN json_type(line, '$.id') = 'VARCHAR'
        AND json_type(line, '$.customer.name') = 'VARCHAR'
        AND json_type(line, '$.total') IN ('DOUBLE', 'BIGINT', 'UBIGINT') ELSE false END
    ) TO '%s' (FORMAT csv, HEADER false, DELIMITER '\\x01', QUOTE '', ESCAPE '')
    """
        .formatted(orders, kept);
  }

  /** Whether its library is there; only `run` puts it on the class path. */
  static boolean isThere() {
    String[] entries = System.getProperty("java.class.path").split(":", -1);
    for (String entry : entries) {
      if (entry.contains("duckdb") && Files.exists(Path.of(entry))) {
        return true;
      }
    }
    return false;
  }
}
