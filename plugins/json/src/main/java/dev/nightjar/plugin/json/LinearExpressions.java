package dev.nightjar.plugin.json;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import java.util.ArrayList;
import java.util.List;

/** The schema validator's regular expressions, in linear time. */
final class LinearExpressions implements RegularExpressionFactory {

  private final List<String> mistakes = new ArrayList<>();
  private boolean compiling = true;

  /**
   * Compiles a pattern. One of the schema's own that is wrong becomes a mistake, all of which are
   * told at once; one that is data, of format {@code regex}, throws.
   */
  @Override
  public RegularExpression getRegularExpression(String regex) {
    try {
      var pattern = EcmaPattern.compile(regex);
      return text -> pattern.matcher(text).find();
    } catch (IllegalArgumentException e) {
      if (!compiling) {
        throw e;
      }
      mistakes.add("pattern `" + regex + "`: " + e.getMessage());
      return text -> false;
    }
  }

  /** Ends the compilation of the schema; what is wrong with its patterns. */
  List<String> compiled() {
    compiling = false;
    return mistakes.stream().distinct().toList();
  }
}
