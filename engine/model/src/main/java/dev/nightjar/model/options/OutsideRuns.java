package dev.nightjar.model.options;

import dev.nightjar.model.expression.Scope;
import dev.nightjar.spi.Records;
import java.nio.file.Path;

/** Binds maps of the language, which hold no expressions; paths stay as written. */
enum OutsideRuns implements Binding {
  BINDING;

  @Override
  public Scope scope() {
    return name -> null;
  }

  @Override
  public Path folder() {
    return Path.of("");
  }

  @Override
  public Records records(String step) {
    throw new IllegalStateException("no records outside a run");
  }

  @Override
  public RecordMakers makers() {
    return new RecordMakers();
  }
}
