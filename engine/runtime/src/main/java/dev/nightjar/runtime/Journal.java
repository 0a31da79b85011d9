package dev.nightjar.runtime;

/** Remembers events; the engine writes each one before it acts upon it. Called from any thread. */
@FunctionalInterface
public interface Journal {

  void append(Event event);
}
