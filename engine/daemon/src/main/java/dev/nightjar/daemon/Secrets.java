package dev.nightjar.daemon;

import dev.nightjar.model.Workflow;
import dev.nightjar.model.Workflow.SecretDeclaration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the secrets a workflow names. No message holds a value. */
public final class Secrets {

  /** A key or a password, not a data file. */
  private static final long MAX_BYTES = 64 << 10;

  private Secrets() {}

  /**
   * Values by name.
   *
   * @throws RefusedException naming the variable or file that is not there
   */
  public static Map<String, String> read(Workflow workflow, Map<String, String> environment) {
    Map<String, String> values = new LinkedHashMap<>();
    for (SecretDeclaration secret : workflow.secrets()) {
      values.put(secret.name(), value(secret, workflow.folder(), environment));
    }
    return values;
  }

  /**
   * The value of one.
   *
   * @throws RefusedException naming the variable or file that is not there
   */
  static String read(Workflow workflow, String name, Map<String, String> environment) {
    for (SecretDeclaration secret : workflow.secrets()) {
      if (secret.name().equals(name)) {
        return value(secret, workflow.folder(), environment);
      }
    }
    throw new RefusedException("the workflow has no secret `" + name + "`");
  }

  private static String value(
      SecretDeclaration secret, Path folder, Map<String, String> environment) {
    Path file = secret.file();
    if (file != null) {
      return content(secret, folder.resolve(file));
    }
    String variable = secret.env() == null ? secret.name() : secret.env();
    String value = environment.get(variable);
    if (value == null) {
      throw new RefusedException(
          secret.place()
              + ": the secret `"
              + secret.name()
              + "` is read from the environment variable "
              + variable
              + ", which is not set");
    }
    return value;
  }

  private static String content(SecretDeclaration secret, Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException("it is larger than 64 KiB");
      }
      // Editors end files with a line end that is no part of the secret.
      return Files.readString(file).stripTrailing();
    } catch (IOException e) {
      throw new RefusedException(
          secret.place()
              + ": the secret `"
              + secret.name()
              + "` cannot be read from "
              + file
              + ": "
              + reason(e));
    }
  }

  private static String reason(IOException e) {
    return e instanceof NoSuchFileException
        ? "there is no such file"
        : String.valueOf(e.getMessage());
  }
}
