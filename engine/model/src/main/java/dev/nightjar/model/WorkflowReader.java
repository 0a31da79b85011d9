package dev.nightjar.model;

import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.options.Catalog;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads workflow files. */
public final class WorkflowReader {

  private WorkflowReader() {}

  /**
   * Reads and checks one file.
   *
   * @param display the file's name in messages
   * @return null when there are mistakes, which are then noted
   */
  public static @Nullable Workflow read(
      Path file, String display, Catalog catalog, Diagnostics diagnostics) {
    throw new UnsupportedOperationException();
  }
}
