package dev.nightjar.model.options;

import dev.nightjar.model.expression.Scope;
import dev.nightjar.spi.Records;
import java.nio.file.Path;

/** What binding options for one execution of a step needs from the run. */
public interface Binding {

  /** What the names of expressions stand for. */
  Scope scope();

  /** The workflow file's folder: paths start there. */
  Path folder();

  /** The records of another step. */
  Records records(String step);

  /** Those of the run. */
  RecordMakers makers();
}
