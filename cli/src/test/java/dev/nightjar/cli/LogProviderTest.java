package dev.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.slf4j.ILoggerFactory;

final class LogProviderTest {

  private static final String NAME = "dev.nightjar.sample";

  private final List<LogRecord> logged = new ArrayList<>();
  private final ILoggerFactory loggers = new LogProvider().getLoggerFactory();

  @Test
  void whatIsWorthAWarningGoesOnAndNothingElse() {
    Logger logger = Logger.getLogger(NAME);
    Handler kept = new Kept();
    logger.addHandler(kept);
    logger.setUseParentHandlers(false);
    try {
      var thrown = new IllegalStateException("broken");
      loggers.getLogger(NAME).info("not {}", "this");
      loggers.getLogger(NAME).warn("{} of {}", 1, 2);
      loggers.getLogger(NAME).error("at {}", "last", thrown);

      assertThat(logged)
          .extracting(LogRecord::getMessage, log -> log.getLevel().getName(), LogRecord::getThrown)
          .containsExactly(tuple("1 of 2", "WARNING", null), tuple("at last", "SEVERE", thrown));
      assertThat(logged).extracting(LogRecord::getLoggerName).containsOnly(NAME);
    } finally {
      logger.removeHandler(kept);
      logger.setUseParentHandlers(true);
    }
  }

  @Test
  void aNameHasOneLogger() {
    assertThat(loggers.getLogger(NAME)).isSameAs(loggers.getLogger(NAME));
    assertThat(loggers.getLogger(NAME).getName()).isEqualTo(NAME);
  }

  private final class Kept extends Handler {

    @Override
    public void publish(LogRecord log) {
      logged.add(log);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
