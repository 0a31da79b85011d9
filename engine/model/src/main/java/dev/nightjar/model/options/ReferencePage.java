package dev.nightjar.model.options;

import dev.nightjar.model.options.OptionType.Choice;
import dev.nightjar.model.options.OptionType.Constant;
import dev.nightjar.model.options.OptionType.ListOf;
import dev.nightjar.model.options.OptionType.MapOf;
import dev.nightjar.model.options.OptionType.Nested;
import dev.nightjar.model.options.OptionType.Simple;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the reference of a plugin's processors in Markdown. */
public final class ReferencePage {

  private final StringBuilder page = new StringBuilder();

  private ReferencePage() {}

  /** The page of a plugin; the same declarations give the same bytes. */
  public static String of(PluginDeclaration plugin) {
    var writer = new ReferencePage();
    writer.line("# Plugin `" + plugin.id() + "`");
    writer.paragraph(plugin.description());
    writer.paragraph("<!-- Written from the declarations of the processors; change those. -->");
    plugin.processors().stream()
        .sorted(Comparator.comparing(ProcessorDeclaration::name))
        .forEach(writer::processor);
    return writer.page.toString();
  }

  private void processor(ProcessorDeclaration processor) {
    paragraph("## `" + processor.name() + "`");
    paragraph(processor.summary());
    paragraph(flow(processor));
    options(processor.options());
    outputs(processor.outputs());
  }

  private static String flow(ProcessorDeclaration processor) {
    String reads =
        processor.accepts().isEmpty()
            ? "Reads no records"
            : "Reads " + kinds(processor.accepts()) + " records";
    String emits =
        switch (processor.emits()) {
          case NONE -> "emits none";
          case SAME -> "emits the kind it reads";
          default -> "emits " + word(processor.emits()) + " records";
        };
    String effect =
        switch (processor.effect()) {
          case PURE -> "It changes nothing outside the run.";
          case IDEMPOTENT -> "Done twice, its work is the same as done once.";
          case ONCE -> "Its work must not be done twice.";
        };
    String blocks =
        processor.blocks().isEmpty()
            ? ""
            : " It runs nested steps: "
                + processor.blocks().stream()
                    .map(one -> "`" + one.name() + "`" + (one.required() ? "" : " (optional)"))
                    .collect(Collectors.joining(", "))
                + ".";
    return reads + ", " + emits + ". " + effect + blocks;
  }

  private void options(List<OptionDeclaration> options) {
    if (options.isEmpty()) {
      paragraph("It takes no options.");
      return;
    }
    paragraph("| Option | Type | Default | |");
    line("|---|---|---|---|");
    for (OptionDeclaration option : options) {
      option("", option);
    }
  }

  private void option(String prefix, OptionDeclaration option) {
    String name = prefix + option.name();
    line(
        "| `%s` | %s |%s| %s |"
            .formatted(name, typeWords(option.type()), standard(option), doc(option)));
    for (Constant constant : constants(option.type())) {
      line(
          "| | `%s` | | %s |"
              .formatted(constant.name(), (cell(constant.doc()) + kinds(constant)).strip()));
    }
    for (OptionDeclaration inner : nested(option.type())) {
      option(name + ".", inner);
    }
  }

  private static String standard(OptionDeclaration option) {
    if (option.required()) {
      return " required ";
    }
    String text = option.defaultText();
    return text == null ? " " : text.isEmpty() ? " empty " : " `" + cell(text) + "` ";
  }

  private static String doc(OptionDeclaration option) {
    String secret = option.secret() ? " Never shown." : "";
    return cell(option.doc()) + kinds(option.accepts(), option.emits()) + secret;
  }

  private static String kinds(Constant constant) {
    return kinds(constant.accepts(), constant.emits());
  }

  private static String reads(List<Kind> accepts) {
    return accepts.isEmpty()
        ? " With it, the step reads no records."
        : " Reads " + kinds(accepts) + " records.";
  }

  private static String kinds(@Nullable List<Kind> accepts, @Nullable Emitted emits) {
    String reads = accepts == null ? "" : reads(accepts);
    if (emits == null) {
      return reads;
    }
    return reads
        + switch (emits) {
          case NONE -> " Emits none.";
          case SAME -> " Emits the kind it reads.";
          default -> " Emits " + word(emits) + " records.";
        };
  }

  private static String kinds(List<Kind> kinds) {
    return kinds.stream().map(Kind::toString).collect(Collectors.joining(" or "));
  }

  private static String word(Emitted emitted) {
    return emitted.name().toLowerCase(Locale.ROOT);
  }

  private static String typeWords(OptionType type) {
    return switch (type) {
      case Choice choice -> "one of";
      case ListOf list -> "list of " + typeWords(list.element());
      case MapOf map -> "map of " + typeWords(map.value());
      case Nested nested -> "map";
      case Simple simple ->
          switch (simple) {
            case STRING -> "text";
            case BOOLEAN -> "true or false";
            case INTEGER, LONG -> "integer";
            case NUMBER -> "number";
            case DURATION -> "duration";
            case PATH -> "path";
            case DATE -> "date";
            case JSON -> "any value";
            case FIELD_PATH -> "field path";
            case EXPRESSION -> "expression over records";
            case TEMPLATE -> "text over records";
            case RECORDS -> "step id";
          };
    };
  }

  private static List<Constant> constants(OptionType type) {
    return switch (type) {
      case Choice choice -> choice.constants();
      case ListOf list -> constants(list.element());
      case MapOf map -> constants(map.value());
      default -> List.of();
    };
  }

  private static List<OptionDeclaration> nested(OptionType type) {
    return switch (type) {
      case Nested nested -> nested.options();
      case ListOf list -> nested(list.element());
      case MapOf map -> nested(map.value());
      default -> List.of();
    };
  }

  private void outputs(List<ProcessorDeclaration.Output> outputs) {
    if (outputs.isEmpty()) {
      return;
    }
    paragraph("| Output | Type | |");
    line("|---|---|---|");
    for (ProcessorDeclaration.Output output : outputs) {
      line("| `%s` | %s | %s |".formatted(output.name(), output.type(), cell(output.summary())));
    }
  }

  /** Text that does not end its table cell. */
  private static String cell(String text) {
    return text.replace("|", "\\|").replace('\n', ' ');
  }

  private void paragraph(String text) {
    page.append('\n');
    line(text);
  }

  private void line(String text) {
    page.append(text).append('\n');
  }
}
