package dev.nightjar.model.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.diagnostic.SourceText;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpolationTest {

  private static final Given GIVEN =
      Given.nothing()
          .name("day", Type.STRING, "\"2026-11-20\"")
          .name("n", Type.INT, "3")
          .any("list", "[1, \"a\", null]")
          .any("nothing", "null");

  private static @Nullable Interpolation compile(String text, Diagnostics diagnostics) {
    var source = new SourceText("w.yaml", text);
    return Interpolation.compile(
        text, (start, end) -> new Place(source, start, end), GIVEN.types(), diagnostics);
  }

  private static Interpolation compiled(String text) {
    var diagnostics = new Diagnostics();
    Interpolation compiled = compile(text, diagnostics);
    assertThat(Given.printed(diagnostics)).isEmpty();
    return Objects.requireNonNull(compiled);
  }

  private static String mistakes(String text) {
    var diagnostics = new Diagnostics();
    assertThat(compile(text, diagnostics)).isNull();
    return Given.printed(diagnostics);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          out/${{ day }}/x-${{ n }}.txt   | "out/2026-11-20/x-3.txt"
          ${{ n }}                        | 3
          ${{list}}                       | [1,"a",null]
          a ${{ list }} b                 | "a [1,\\"a\\",null] b"
          <${{ nothing }}>                | "<>"
          ${{ n }}${{ n }}                | "33"
          ${{ {"a": {"b": "}}"}} }}       | {"a":{"b":"}}"}}
          ${{ {"a": {"b": 1}}}}           | {"a":{"b":1}}
          ${{ '}}' + "\\"}}" }}           | "}}\\"}}"
          plain $ { } }} text             | "plain $ { } }} text"
          price $${{ n }}                 | "price ${{ n }}"
          ${{ duration("90s") }} long     | "90s long"
          ${{ n * 1.5 }} and ${{ n > 2 }} | "4.5 and true"
          ${{ b'abc' }}!                  | "abc!"
          """)
  void gives(String text, String expected) {
    assertThat(compiled(text).evaluate(GIVEN.scope(), null)).hasToString(expected);
  }

  @Test
  void knowsWhatItIs() {
    assertThat(compiled("plain").constant()).isTrue();
    assertThat(compiled("").constant()).isTrue();
    assertThat(compiled("$${{ x").constant()).isTrue();
    assertThat(compiled("${{ n }}").single()).isTrue();
    assertThat(compiled("${{ n }}").type()).isEqualTo(Type.INT);
    assertThat(compiled("${{ n }} ").single()).isFalse();
    assertThat(compiled("${{ n }} ").type()).isEqualTo(Type.STRING);
    assertThat(compiled("${{ n }}-${{ day }}").references())
        .containsExactly(List.of("n"), List.of("day"));
  }

  @Test
  void pointsIntoTheText() {
    assertThat(mistakes("out/${{ dya }}/${{ n + 'a' }}"))
        .isEqualTo(
            """
            w.yaml:1:9: error[unknown-name]: there is no `dya` here
             1 | out/${{ dya }}/${{ n + 'a' }}
               |         ^^^
               = did you mean `day`?
            w.yaml:1:20: error[type-mismatch]: `+` does not take an int and a string
             1 | out/${{ dya }}/${{ n + 'a' }}
               |                    ^^^^^^^
               = write string(n) + 'a'
            """);
    assertThat(mistakes("a ${{ n"))
        .isEqualTo(
            """
            w.yaml:1:3: error[bad-expression]: `${{` is not closed by `}}`
             1 | a ${{ n
               |   ^^^
               = write $${{ for the characters themselves
            """);
    assertThat(mistakes("${{ 'n }}")).contains("w.yaml:1:5", "is not closed");
    assertThat(mistakes("${{ }}")).contains("an expression is missing here");
  }

  @Test
  void doesNotGrowWithoutBound() {
    Scope scope = name -> Given.JSON.valueToTree("x".repeat(1_000_000));
    Interpolation large = compiled("${{ [list] }}".repeat(20));
    assertThatThrownBy(() -> large.evaluate(scope, null))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("16 Mi");
  }
}
