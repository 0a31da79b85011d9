package dev.nightjar.spi;

/**
 * An option that names another step whose records are read besides the main ones, as a join does;
 * written as that step's id. The records wait on disk until the step runs.
 */
public interface Records {

  /** A new pass over them, in order. */
  Input open();
}
