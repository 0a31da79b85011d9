package dev.nightjar.plugin.text;

import dev.nightjar.testkit.ProcessorContract;
import java.util.List;

class TextContractTest extends ProcessorContract {

  @Override
  protected List<Sample> samples() {
    return List.of(
        Sample.text(new Trim(), "{ends: start}", " a ", "b", "  "),
        Sample.json(new Trim(), "{fields: [name]}", "{\"name\": \" a \", \"n\": 1.50}"),
        Sample.text(new ChangeCase(), "{to: upper}", "straße", "b"),
        Sample.json(
            new Format(), "{template: \"${{ record.a }}!\"}", "{\"a\": 1}", "{\"a\": null}"),
        Sample.text(new Join(), "{every: 2, separator: \"-\"}", "a", "b", "c"),
        Sample.text(new Replace(), "{find: a, replacement: b}", "banana", "x"),
        Sample.text(new Search(), "{patterns: [na]}", "banana", "x"),
        Sample.text(new SplitText(), "{separator: \",\"}", "a,b", "c"));
  }
}
