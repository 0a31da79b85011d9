/** YAML as nodes that know where they were written; the only package that knows a YAML library. */
@NullMarked
package dev.nightjar.model.yaml;

import org.jspecify.annotations.NullMarked;
