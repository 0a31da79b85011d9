package dev.nightjar.model.options;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.model.options.ProcessorDeclaration.Block;
import dev.nightjar.model.options.ProcessorDeclaration.Output;
import dev.nightjar.model.options.ProcessorDeclaration.Shape;
import dev.nightjar.spi.Default;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.Emits;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.ProcessorSpec.Effect;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.ProcessorSpec.Scope;
import dev.nightjar.spi.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReferencePageTest {

  enum Mode {
    @Doc("By line.")
    LINES,
    @Doc("As one.")
    @Emits(Emitted.BYTES)
    WHOLE
  }

  record Part(@Doc("Size.") int size) {}

  record Options(
      @Doc("Left | right.") String side,
      @Doc("How.") @Default("lines") Mode as,
      @Doc("Parts.") @Default("[]") List<Part> parts,
      @Doc("Token.") @Nullable @Secret String token) {}

  record Nothing() {}

  @Test
  void aSectionAProcessor() {
    var branch =
        new ProcessorDeclaration(
            "a.branch",
            "Branches.",
            Shape.CONTROL,
            List.of(),
            Emitted.NONE,
            Effect.ONCE,
            Scope.SPLIT,
            List.of(new Block("steps", true), new Block("else", false)),
            List.of(),
            List.of(),
            OptionDeclarations.of(Nothing.class),
            "a.B");
    var all =
        new ProcessorDeclaration(
            "a.all",
            "Does all.",
            Shape.RECORD,
            List.of(Kind.TEXT, Kind.JSON),
            Emitted.SAME,
            Effect.PURE,
            Scope.SPLIT,
            List.of(),
            List.of(),
            List.of(new Output("n", "integer", "How many.")),
            OptionDeclarations.of(Options.class),
            "a.A");

    String page =
        ReferencePage.of(new PluginDeclaration("a", "1.0", "All there is.", List.of(branch, all)));

    assertThat(page)
        .isEqualTo(
            """
            # Plugin `a`

            All there is.

            <!-- Written from the declarations of the processors; change those. -->

            ## `a.all`

            Does all.

            Reads text or json records, emits the kind it reads. It changes nothing outside the run.

            | Option | Type | Default | |
            |---|---|---|---|
            | `side` | text | required | Left \\| right. |
            | `as` | one of | `lines` | How. |
            | | `lines` | | By line. |
            | | `whole` | | As one. Emits bytes records. |
            | `parts` | list of map | `[]` | Parts. |
            | `parts.size` | integer | required | Size. |
            | `token` | text | | Token. Never shown. |

            | Output | Type | |
            |---|---|---|
            | `n` | integer | How many. |

            ## `a.branch`

            Branches.

            Reads no records, emits none. Its work must not be done twice. It runs nested steps: \
            `steps`, `else` (optional).

            It takes no options.
            """);
  }
}
