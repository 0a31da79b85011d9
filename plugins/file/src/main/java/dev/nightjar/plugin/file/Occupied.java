package dev.nightjar.plugin.file;

import dev.nightjar.spi.Doc;

/** What to do when a file is to be put where one is already. */
public enum Occupied {
  @Doc("The step fails.")
  FAIL,
  @Doc("The new one replaces it.")
  OVERWRITE,
  @Doc("The old one stays and the new one is left where it is.")
  SKIP
}
