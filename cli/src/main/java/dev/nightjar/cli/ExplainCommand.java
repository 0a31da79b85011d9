package dev.nightjar.cli;

import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.diagnostic.Suggestions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Tells more of a kind of mistake. */
final class ExplainCommand implements Command {

  @Override
  public String name() {
    return "explain";
  }

  @Override
  public String summary() {
    return "Tell more of a kind of mistake.";
  }

  @Override
  public List<Syntax.Operand> operands() {
    return List.of(
        new Syntax.Operand("CODE", false, "What stands in error[...], such as unknown-option."));
  }

  @Override
  public int run(Arguments arguments, Console console) {
    String typed = arguments.operand(0);
    Optional<Code> found =
        Arrays.stream(Code.values()).filter(code -> code.id().equals(typed)).findFirst();
    if (found.isEmpty()) {
      List<String> codes = Arrays.stream(Code.values()).map(Code::id).toList();
      String all = "the codes are " + String.join(", ", codes);
      throw new WrongUsage(
          "there is no code `" + typed + "`; " + Suggestions.hint(typed, codes, all));
    }
    console.print(found.get().id() + ": " + found.get().explanation() + "\n");
    return ExitCode.SUCCEEDED;
  }
}
