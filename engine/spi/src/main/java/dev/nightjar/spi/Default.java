package dev.nightjar.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of an option that is not given, written as in YAML: {@code "1000"}, {@code "10s"},
 * {@code "[a, b]"}; text is taken as it is, without quotes. An option with neither this nor
 * {@code @Nullable} is required.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
  String value();
}
