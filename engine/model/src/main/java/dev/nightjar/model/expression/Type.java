package dev.nightjar.model.expression;

import java.util.Map;

/** The types of expressions. */
public sealed interface Type {

  Simple ANY = Simple.ANY;
  Simple NULL = Simple.NULL;
  Simple BOOL = Simple.BOOL;
  Simple INT = Simple.INT;
  Simple DOUBLE = Simple.DOUBLE;
  Simple STRING = Simple.STRING;
  Simple BYTES = Simple.BYTES;
  Simple TIMESTAMP = Simple.TIMESTAMP;
  Simple DURATION = Simple.DURATION;

  /** Types without parts. */
  enum Simple implements Type {
    /** Known only when evaluated, as the fields of a record. */
    ANY,
    NULL,
    BOOL,
    INT,
    DOUBLE,
    STRING,
    BYTES,
    TIMESTAMP,
    DURATION
  }

  /** A list. */
  record ListOf(Type element) implements Type {}

  /** A map whose keys are not known before the run. */
  record MapOf(Type value) implements Type {}

  /** A map with exactly these keys: another one is a mistake that can be named before the run. */
  record Fields(Map<String, Type> fields) implements Type {}
}
