package dev.nightjar.stage;

import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Lines that a step logs go to its run; a key called {@code data} is kept as a value. */
final class StepLogger extends LegacyAbstractLogger implements LoggingEventAware {

  private static final long serialVersionUID = 1L;

  private final transient StepServices services;

  StepLogger(String step, StepServices services) {
    this.name = step;
    this.services = services;
  }

  @Override
  public void log(LoggingEvent event) {
    services.log(
        name,
        event.getLevel(),
        text(event.getMessage(), event.getArgumentArray(), event.getThrowable()),
        data(event));
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String message,
      Object @Nullable [] arguments,
      @Nullable Throwable cause) {
    services.log(name, level, text(message, arguments, cause), null);
  }

  private static String text(
      String message, Object @Nullable [] arguments, @Nullable Throwable cause) {
    String text = MessageFormatter.basicArrayFormat(message, arguments);
    return cause == null ? text : text + ": " + cause;
  }

  private static @Nullable JsonNode data(LoggingEvent event) {
    if (event.getKeyValuePairs() == null || event.getKeyValuePairs().isEmpty()) {
      return null;
    }
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    for (KeyValuePair pair : event.getKeyValuePairs()) {
      all.set(pair.key, Trees.of(pair.value));
    }
    return all.size() == 1 && all.has("data") ? all.get("data") : all;
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  public boolean isTraceEnabled() {
    return true;
  }

  @Override
  public boolean isDebugEnabled() {
    return true;
  }

  @Override
  public boolean isInfoEnabled() {
    return true;
  }

  @Override
  public boolean isWarnEnabled() {
    return true;
  }

  @Override
  public boolean isErrorEnabled() {
    return true;
  }
}
