package dev.nightjar.daemon.web;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Sends events to one client. A write waits while the client is behind. */
public interface EventWriter {

  /**
   * Sends an event.
   *
   * @param id where a client goes on that connects again; null leaves its position as it is
   * @param event the kind
   * @throws IOException when the client is gone, or has read nothing for too long
   */
  void send(@Nullable String id, String event, JsonNode data) throws IOException;
}
