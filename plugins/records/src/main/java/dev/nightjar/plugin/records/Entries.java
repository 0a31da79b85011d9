package dev.nightjar.plugin.records;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Entries one after the other. */
@FunctionalInterface
interface Entries {

  /** The next one, or null at the end. */
  @Nullable Entry next() throws IOException;
}
