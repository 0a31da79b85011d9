package dev.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is read without picocli is what picocli would have read. */
class PlainArgumentsTest {

  private static final List<Command> COMMANDS =
      List.of(new RunCommand(), new ValidateCommand(), new WhyCommand(), new RunsListCommand());

  @Test
  void readsAsPicocliDoes() {
    var chance = new Random(9);
    int plain = 0;
    for (int round = 0; round < 3_000; round++) {
      Command command = COMMANDS.get(chance.nextInt(COMMANDS.size()));
      List<String> typed = typed(command, chance);
      Arguments read = PlainArguments.read(command.options(), command.operands(), typed);
      if (read != null) {
        plain++;
        Arguments odd = new Syntax(command).parseOdd(typed);
        assertThat(shown(command, read)).as(typed.toString()).isEqualTo(shown(command, odd));
      }
    }
    assertThat(plain).isGreaterThan(500);
  }

  private static List<String> typed(Command command, Random chance) {
    List<String> typed = new ArrayList<>();
    for (int n = chance.nextInt(5); n > 0; n--) {
      Syntax.Option option = command.options().get(chance.nextInt(command.options().size()));
      String name = option.names().get(chance.nextInt(option.names().size()));
      String[] values = {"a", "x=1", "=", "", "-1", "--", "a b", "json", "\"q\"", "@f", "${x}"};
      String value = values[chance.nextInt(values.length)];
      switch (chance.nextInt(8)) {
        case 0 -> typed.add(name + "=" + value);
        case 1 -> typed.add("-qv");
        case 2 -> typed.add(value);
        default -> {
          typed.add(name);
          if (!option.value().isEmpty()) {
            typed.add(value);
          }
        }
      }
    }
    typed.add(chance.nextInt(typed.size() + 1), "file.yaml");
    return typed;
  }

  private static List<Object> shown(Command command, Arguments arguments) {
    List<Object> all = new ArrayList<>(arguments.operands());
    for (Syntax.Option option : command.options()) {
      all.add(arguments.flag(option.id()));
      all.add(option.value().isEmpty() ? "" : arguments.texts(option.id()));
    }
    all.add(arguments.asksForHelp());
    return all;
  }
}
