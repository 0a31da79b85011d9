package dev.nightjar.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Workflows of many steps that do nothing, and the same for make. */
enum StepData {
  /** All at once. */
  FAN_OUT("fan-out"),
  /** One after the other. */
  CHAIN("chain");

  private final String name;

  StepData(String name) {
    this.name = name;
  }

  @Override
  public String toString() {
    return name;
  }

  Path workflow(Path folder, int steps) throws IOException {
    var text = new StringBuilder("name: %s\nsteps:\n".formatted(name));
    for (int i = 0; i < steps; i++) {
      text.append("  - {id: s").append(i).append(", uses: flow.set, ");
      text.append(this == FAN_OUT ? "needs: [], " : "").append("with: {values: {}}}\n");
    }
    return write(folder.resolve("%s-%d.yaml".formatted(name, steps)), text);
  }

  Path makefile(Path folder, int steps) throws IOException {
    var text = new StringBuilder("all:");
    for (int i = 0; i < steps; i++) {
      text.append(" s").append(i);
    }
    text.append('\n');
    for (int i = 0; i < steps; i++) {
      text.append('s').append(i).append(':');
      text.append(this == CHAIN && i > 0 ? " s" + (i - 1) : "").append("\n\t@true\n");
    }
    return write(folder.resolve("%s-%d.mk".formatted(name, steps)), text);
  }

  private static Path write(Path file, CharSequence text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
