package dev.nightjar.cli;

import dev.nightjar.cli.Syntax.Operand;
import dev.nightjar.cli.Syntax.Option;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads arguments about which there is nothing odd, as picocli would. */
final class PlainArguments {

  private final List<Option> options;
  private final Map<String, List<String>> given = new HashMap<>();
  private final List<String> operands = new ArrayList<>();

  private PlainArguments(List<Option> options) {
    this.options = options;
  }

  /** Null when something is odd: unknown, missing, twice, short names together, help wanted. */
  static @Nullable Arguments read(
      List<Option> options, List<Operand> operands, List<String> arguments) {
    var reader = new PlainArguments(options);
    return reader.read(arguments) && reader.fits(operands)
        ? new Arguments(reader.given, reader.operands, false)
        : null;
  }

  private boolean read(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (!argument.startsWith("-")) {
        operands.add(argument);
        continue;
      }
      int equals = argument.indexOf('=');
      Option option = option(equals < 0 ? argument : argument.substring(0, equals));
      if (option == null) {
        return false;
      }
      boolean fits;
      if (option.value().isEmpty()) {
        fits = equals < 0 && given.put(option.id(), List.of()) == null;
      } else if (equals < 0) {
        i++;
        fits = i < arguments.size() && add(option, arguments.get(i));
      } else {
        fits = add(option, argument.substring(equals + 1));
      }
      if (!fits) {
        return false;
      }
    }
    return !operands.contains("");
  }

  private @Nullable Option option(String name) {
    for (Option option : options) {
      if (option.names().contains(name)) {
        return option;
      }
    }
    return null;
  }

  private boolean add(Option option, String value) {
    List<String> values = given.computeIfAbsent(option.id(), id -> new ArrayList<>());
    boolean odd = value.isEmpty() || value.startsWith("-");
    if (odd || (!option.repeatable() && !values.isEmpty())) {
      return false;
    }
    return values.add(value);
  }

  private boolean fits(List<Operand> wanted) {
    long required = wanted.stream().filter(Operand::required).count();
    boolean many = wanted.stream().anyMatch(Operand::repeatable);
    return operands.size() >= required && (many || operands.size() <= wanted.size());
  }
}
