package dev.nightjar.cli;

import dev.nightjar.cli.display.Style;
import dev.nightjar.cli.display.Visible;
import dev.nightjar.daemon.view.PluginJson;
import dev.nightjar.model.options.OptionDeclaration;
import dev.nightjar.model.options.OptionType;
import dev.nightjar.model.options.ProcessorDeclaration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A processor's declaration as people read it. */
final class ProcessorText {

  private final StringBuilder out = new StringBuilder();
  private final Style style;

  private ProcessorText(Style style) {
    this.style = style;
  }

  /** Several lines, each with its end. */
  static String of(ProcessorDeclaration processor, Style style) {
    var text = new ProcessorText(style);
    text.append(processor);
    return text.out.toString();
  }

  private void append(ProcessorDeclaration processor) {
    line(style.bold(processor.name()) + "  " + Visible.line(processor.summary()));
    String reads =
        processor.accepts().isEmpty()
            ? "no records"
            : processor.accepts().stream().map(Object::toString).collect(Collectors.joining(", "))
                + " records";
    line("  reads   " + reads.toLowerCase(Locale.ROOT));
    line("  emits   " + emits(processor));
    line("  effect  " + word(processor.effect()));
    section(
        "blocks",
        processor.blocks().stream()
            .map(block -> "    " + block.name() + (block.required() ? "" : "  optional"))
            .toList());
    if (!processor.options().isEmpty()) {
      line("  options");
      processor.options().forEach(option -> append(option, "    "));
    }
    section(
        "outputs",
        processor.outputs().stream()
            .map(output ->
                "    %s  %s  %s"
                    .formatted(output.name(), output.type(), Visible.line(output.summary())))
            .toList());
  }

  private static String emits(ProcessorDeclaration processor) {
    return switch (processor.emits()) {
      case NONE -> "no records";
      case SAME -> "records of the kind it reads";
      case TEXT, JSON, BYTES -> word(processor.emits()) + " records";
    };
  }

  private void append(OptionDeclaration option, String indent) {
    String more =
        option.required()
            ? "required"
            : option.defaultText() == null
                ? "optional"
                : "default " + Visible.line(option.defaultText());
    line(
        indent
            + style.bold(option.name())
            + "  "
            + PluginJson.type(option.type())
            + "  "
            + style.dim(more));
    line(indent + "    " + Visible.line(option.doc()));
    nested(option.type()).forEach(inner -> append(inner, indent + "    "));
    constants(option.type())
        .forEach(one -> line(indent + "    " + one.name() + ": " + Visible.line(one.doc())));
  }

  private static List<OptionDeclaration> nested(OptionType type) {
    return switch (type) {
      case OptionType.Nested(List<OptionDeclaration> options) -> options;
      case OptionType.ListOf(OptionType element) -> nested(element);
      case OptionType.MapOf(OptionType value) -> nested(value);
      case OptionType.Simple _ -> List.of();
      case OptionType.Choice _ -> List.of();
    };
  }

  private static List<OptionType.Constant> constants(OptionType type) {
    return type instanceof OptionType.Choice(List<OptionType.Constant> constants)
        ? constants.stream().filter(one -> !one.doc().isEmpty()).toList()
        : List.of();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private void section(String heading, List<String> lines) {
    if (!lines.isEmpty()) {
      line("  " + heading);
      lines.forEach(this::line);
    }
  }

  private void line(String line) {
    out.append(line).append('\n');
  }
}
