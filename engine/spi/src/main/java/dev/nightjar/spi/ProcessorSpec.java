package dev.nightjar.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.pf4j.Extension;

/** Declares a {@link Processor}; read at build time into {@code processors.json} of the jar. */
@Documented
@Extension
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ProcessorSpec {

  /** What {@code uses:} says: {@code plugin.processor}, both {@code [a-z][a-z0-9_]*}. */
  String name();

  /** One sentence for lists and the reference. */
  String summary();

  /** The kinds of records it reads; none for a source or a task. */
  Kind[] accepts() default {};

  /** What it emits. */
  Emitted emits() default Emitted.NONE;

  /** What a crash in the middle may repeat. */
  Effect effect() default Effect.PURE;

  /** Whether it works split by split or needs the whole stream. */
  Scope scope() default Scope.SPLIT;

  /**
   * The blocks of nested steps a {@link Control} takes; a trailing {@code ?} makes one optional.
   */
  String[] blocks() default {};

  /**
   * The names it binds for the expressions of its {@code steps}, such as {@code item}; {@code
   * catch} has {@code error} without saying so.
   */
  String[] bindings() default {};

  /** The outputs it publishes besides {@code records} and {@code rejected}, for checks and docs. */
  OutputSpec[] outputs() default {};

  /** An output of a processor. */
  @interface OutputSpec {
    String name();

    /**
     * One of {@code string}, {@code integer}, {@code number}, {@code boolean}, {@code list}, {@code
     * map}, {@code any}.
     */
    String type() default "any";

    String summary();
  }

  /** The kind of the records a processor emits. */
  enum Emitted {
    NONE,
    TEXT,
    JSON,
    BYTES,
    /** The kind it reads. */
    SAME
  }

  /** How often the work may be done without harm, from harmless to strict. */
  enum Effect {
    /** Changes nothing outside the run. */
    PURE,
    /** Done twice is the same as done once. */
    IDEMPOTENT,
    /** Must not be done twice. */
    ONCE
  }

  /** How much of a stream a processor needs to see. */
  enum Scope {
    /** Each split by itself. */
    SPLIT,
    /** All splits, one after the other, in one call. */
    STREAM
  }
}
