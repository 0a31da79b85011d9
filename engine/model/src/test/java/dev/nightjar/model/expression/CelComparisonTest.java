package dev.nightjar.model.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BinaryNode;
import tools.jackson.databind.node.NullNode;

/** Where CEL gives a value, so do expressions, and the same; where CEL errs, they do. */
@Tag("cel")
class CelComparisonTest {

  /** What a side gives instead of a value. */
  private static final String NOTHING = "no value";

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .enableTimestampEpoch(true)
          .evaluateCanonicalTypesToNativeValues(true)
          .build();

  private static final Cel CEL =
      CelFactory.standardCelBuilder()
          .setOptions(OPTIONS)
          .setStandardMacros(CelStandardMacro.HAS)
          .addVar("i", SimpleType.INT)
          .addVar("d", SimpleType.DOUBLE)
          .addVar("s", SimpleType.STRING)
          .addVar("b", SimpleType.BOOL)
          .addVar("l", ListType.create(SimpleType.INT))
          .addVar("m", MapType.create(SimpleType.STRING, SimpleType.DYN))
          .addVar("x", SimpleType.DYN)
          .addCompilerLibraries(CelExtensions.strings(), CelExtensions.math(OPTIONS))
          .addRuntimeLibraries(CelExtensions.strings(), CelExtensions.math(OPTIONS))
          .build();

  private static final Map<String, Object> VALUES =
      Map.of(
          "i",
          7L,
          "d",
          2.5,
          "s",
          "héllo😀",
          "b",
          true,
          "l",
          List.of(1L, 2L, 3L),
          "m",
          Map.of("a", 1L, "t", "text", "n", Map.of("k", List.of("v"))),
          "x",
          "dynamic");

  private static final Given OURS =
      Given.nothing()
          .name("i", Type.INT, "7")
          .name("d", Type.DOUBLE, "2.5")
          .name("s", Type.STRING, "\"héllo😀\"")
          .name("b", Type.BOOL, "true")
          .name("l", new Type.ListOf(Type.INT), "[1,2,3]")
          .name("m", new Type.MapOf(Type.ANY), "{\"a\":1,\"t\":\"text\",\"n\":{\"k\":[\"v\"]}}")
          .any("x", "\"dynamic\"");

  static List<String> expressions() {
    return """
    null
    true
    1
    -1
    0x1F
    -0x1f
    9223372036854775807
    -9223372036854775808
    9223372036854775808
    -9223372036854775809
    1.5
    .5
    1e3
    1.5e-3
    1.
    1e400
    "a\\n\\t\\"\\x41\\u00e9\\U0001F600\\101"
    'it is "so"'
    '''a'b'''
    \"""a"b\"""
    r'a\\nb'
    R"\\d+"
    b'abc\\xff\\377'
    b"é"
    br'\\x'
    rb'\\x'
    '\\ud800'
    '\\q'
    'open
    [1, 2, 3]
    [1, 2,]
    []
    {}
    {'a': 1, 'b': [true]}
    {1: 'x'}[1]
    {true: 'x'}[true]
    {'a': 1, 'a': 2}
    {'a': 1}.a
    {'a': 1}['a']
    {'a': 1}.b
    [1, 2][0]
    [1, 2][2]
    [1, 2][-1]
    [1, 2][dyn(1.0)]
    {1: 'x'}[dyn(1.0)]
    {1: 'x'}[dyn(1.5)]
    m.a
    m.n.k[0]
    m.zz
    m['t']
    x
    x.y
    l[i]
    l[1]
    has(m.a)
    has(m.zz)
    has(m.n.k)
    has({'a': 1}.a)
    has(m)
    1 + 2 * 3
    (1 + 2) * 3
    7 / 2
    -7 / 2
    -7 % 3
    7 % -3
    7.0 / 2.0
    1.0 / 0.0 > 1.0
    1 / 0
    1 % 0
    5.0 % 2.0
    9223372036854775807 + 1
    -9223372036854775808 - 1
    -9223372036854775808 / -1
    9223372036854775807 * 2
    -(-9223372036854775808)
    2 -1
    - 1
    --1
    !true
    !!true
    -1.5
    -'a'
    !1
    "a" + "b"
    "a" + 1
    [1] + [2]
    b'a' + b'b'
    1 - 'a'
    'a' * 2
    1 == 1
    dyn(1) == dyn(1.0)
    dyn(1) == dyn('1')
    1 == '1'
    [1] == [1]
    [1, 2] == [2, 1]
    {'a': 1} == {'a': 1}
    {'a': 1, 'b': 2} == {'b': 2, 'a': 1}
    {'a': 1} == {'a': 2}
    {'a': 1} == {'b': 1}
    null == null
    0.0 == -0.0
    0.0 / 0.0 == 0.0 / 0.0
    0.0 / 0.0 < 1.0
    0.0 / 0.0 >= 1.0
    'a' < 'b'
    'a' < 'B'
    'a' < 'aa'
    false < true
    b'a' < b'b'
    b'\\x7f' < b'\\x80'
    1 < 2
    1 < 2.5
    2.5 >= 2
    1 < 'a'
    null < null
    [1] < [2]
    1 < 2 == true
    1 < 2 < 3
    2 in [1, 2]
    3 in [1, 2]
    dyn(2.0) in [1, 2]
    'a' in {'a': 1}
    'b' in {'a': 1}
    'a' in m
    'a' in 'abc'
    dyn(1.0) in {1: 2}
    true && false
    true || false
    true && 1
    false && 1 / 0 == 1
    1 / 0 == 1 && false
    1 / 0 == 1 || true
    1 / 0 == 1 || false
    1 / 0 == 1 && true
    1 / 0 == 1 && 2 / 0 == 1 && false
    true || x.y
    x.y || true
    true ? 1 : 2
    false ? 1 : 2
    true ? 1 : 1 / 0
    false ? 1 : true ? 2 : 3
    1 ? 2 : 3
    1 / 0 == 1 ? 2 : 3
    b ? s : 'no'
    size('héllo')
    size(s)
    s.size()
    size(b'abc')
    size([1, 2])
    size({'a': 1})
    size(1)
    size()
    'abc'.contains('b')
    'abc'.startsWith('ab')
    'abc'.endsWith('bc')
    'abc'.contains(1)
    x.contains('dyn')
    'abc'.matches('a.c')
    'xabcx'.matches('abc')
    'abc'.matches('^b')
    matches('abc', '[a-c]+$')
    'abc'.matches('(')
    'abc'.matches('(?i)ABC')
    string(1)
    string(-1)
    string(1.5)
    string(100.0)
    string(1e30)
    string(true)
    string('a')
    string(b'abc')
    string(b'\\xff')
    string(null)
    string([1])
    int('42')
    int('-42')
    int('4x')
    int('')
    int(4.9)
    int(-4.9)
    int(1e30)
    int(0.0 / 0.0)
    int(true)
    int(timestamp('2009-02-13T23:31:30Z'))
    double('1.5')
    double('x')
    double(3)
    double('1e3')
    bool('true')
    bool('false')
    bool('yes')
    bool(true)
    bool('t')
    bool('1')
    bytes('é')
    bytes(b'a')
    dyn(1)
    timestamp('2009-02-13T23:31:30Z')
    timestamp('2009-02-13T23:31:30.5+01:00')
    timestamp('2009-02-30T23:31:30Z')
    timestamp('nonsense')
    timestamp(0)
    timestamp('0000-12-31T23:59:59Z')
    duration('1h')
    duration('1h30m')
    duration('-1.5s')
    duration('250ms')
    duration('1us')
    duration('1')
    duration('1x')
    duration('')
    duration('1h') + duration('30m')
    duration('1h') - duration('30m')
    duration('1h') < duration('61m')
    duration('60m') == duration('1h')
    timestamp('2009-02-13T23:31:30Z') + duration('1h')
    duration('1h') + timestamp('2009-02-13T23:31:30Z')
    timestamp('2009-02-13T23:31:30Z') - duration('1h')
    timestamp('2009-02-13T23:31:30Z') - timestamp('2009-02-13T23:31:00Z')
    timestamp('2009-02-13T23:31:30Z') < timestamp('2009-02-14T00:00:00Z')
    timestamp('2009-02-13T23:31:30Z') + timestamp('2009-02-13T23:31:30Z')
    timestamp('9999-12-31T23:59:59Z') + duration('1s')
    timestamp('0001-01-01T00:00:00Z') - duration('1s')
    string(timestamp('2009-02-13T23:31:30Z'))
    string(duration('90s'))
    timestamp('2009-02-13T23:31:30Z').getFullYear()
    timestamp('2009-02-13T23:31:30Z').getMonth()
    timestamp('2009-02-13T23:31:30Z').getDate()
    timestamp('2009-02-13T23:31:30Z').getDayOfMonth()
    timestamp('2009-02-13T23:31:30Z').getDayOfWeek()
    timestamp('2009-02-15T23:31:30Z').getDayOfWeek()
    timestamp('2009-02-13T23:31:30Z').getDayOfYear()
    timestamp('2009-02-13T23:31:30Z').getHours()
    timestamp('2009-02-13T23:31:30Z').getMinutes()
    timestamp('2009-02-13T23:31:30Z').getSeconds()
    timestamp('2009-02-13T23:31:30.123Z').getMilliseconds()
    timestamp('2009-02-13T23:31:30Z').getDate('Europe/Berlin')
    timestamp('2009-02-13T23:31:30Z').getHours('America/New_York')
    timestamp('2009-02-13T23:31:30Z').getHours('+02:30')
    timestamp('2009-02-13T23:31:30Z').getHours('-02:30')
    timestamp('2009-02-13T23:31:30Z').getHours('02:00')
    timestamp('2009-02-13T23:31:30Z').getHours('No/Where')
    duration('3723s').getHours()
    duration('3723s').getMinutes()
    duration('3723s').getSeconds()
    duration('1234ms').getMilliseconds()
    'hello'.charAt(0)
    'hello'.charAt(4)
    'hello'.charAt(5)
    'hello'.charAt(6)
    'hello'.charAt(-1)
    s.charAt(5)
    'hello'.indexOf('l')
    'hello'.indexOf('z')
    'hello'.indexOf('')
    'hello'.indexOf('l', 3)
    'hello'.indexOf('l', 4)
    s.indexOf('😀')
    'hello'.indexOf('', 2)
    'hello'.indexOf('', 5)
    'hello'.indexOf('', 6)
    'hello'.indexOf('l', -1)
    'hello'.lastIndexOf('l', -1)
    'hello'.lastIndexOf('', 2)
    'hello'.lastIndexOf('', 5)
    'hello'.lastIndexOf('', 9)
    ''.charAt(0)
    [1, 'a', null]
    'a'.size() == 1u
    dyn(-9223372036854775808) % -1
    'a' in [1]
    {'a': 1} in [{'a': 1}]
    i - 1 - 1
    2 * 3 % 4
    !b || b && !b
    1 + 1 == 2 && 'a' + 'b' == 'ab'
    b ? 1 : b ? 2 : 3
    l == [1, 2, 3]
    m.n == {'k': ['v']}
    m == {}
    m.a == 1 && m.t == 'text'
    m.a < 2
    m.t < 2
    x + 1
    x == 1
    x in [1, 'dynamic']
    duration('2h').getHours() == 2
    duration('87600000h')
    duration('87660001h')
    duration('1.0000000001s') == duration('1s')
    duration('1h1h')
    duration('1d')
    timestamp('2009-02-13t23:31:30z')
    timestamp('2009-02-13T23:31Z')
    timestamp('2009-02-13T24:00:00Z')
    timestamp('2009-02-13T23:31:60Z')
    timestamp('2009-02-13T23:31:30')
    int('+5')
    int(' 5')
    int('9223372036854775808')
    int(9223372036854775807.0)
    int(-9223372036854775808.0)
    double('NaN') == double('NaN')
    double('1e999') > 1.0
    double('')
    string(1.0e20)
    string(1e-7)
    string(123456789.0)
    'ab'.matches('a.\\b')
    'a\nb'.matches('a.b')
    'a\nb'.matches('^b')
    '\u00e9' < '\u007f'
    'hello'.lastIndexOf('l')
    'hello'.lastIndexOf('')
    'hello'.lastIndexOf('l', 2)
    'hello'.lastIndexOf('l', 1)
    'HeLLo é'.lowerAscii()
    'HeLLo é'.upperAscii()
    '  a b\\t\\n'.trim()
    '\\u00a0a\\u2003'.trim()
    '\\u200ba'.trim()
    'a,b,c'.split(',')
    'a,b,c'.split(',', 2)
    'a,b,c'.split(',', 0)
    'a,b,c'.split(',', 1)
    'a,b,c'.split(',', -1)
    'a,b,c'.split(',', 9)
    'abc'.split('')
    'abc'.split('', 2)
    ''.split('')
    ''.split(',')
    ',a,'.split(',')
    ['a', 'b'].join()
    ['a', 'b'].join('-')
    [].join('-')
    [1, 2].join('-')
    'hello'.replace('l', 'L')
    'hello'.replace('l', 'L', 1)
    'hello'.replace('l', 'L', 0)
    'hello'.replace('l', 'L', -1)
    'hello'.replace('', '_')
    'hello'.replace('', '_', 2)
    'hello'.replace('z', '_')
    'hello'.substring(2)
    'hello'.substring(5)
    'hello'.substring(6)
    'hello'.substring(1, 3)
    'hello'.substring(3, 3)
    'hello'.substring(3, 1)
    'hello'.substring(-1)
    s.substring(5)
    math.greatest(1, 2)
    math.greatest(1.5, 2)
    math.greatest([1, 3, 2])
    math.greatest([])
    math.greatest(1)
    math.least(1, 2, 0)
    math.least(1.5, 1)
    math.least('a', 1)
    math.ceil(1.2)
    math.floor(-1.2)
    math.round(1.4)
    math.trunc(-1.9)
    math.abs(-3)
    math.abs(-3.5)
    math.abs(-9223372036854775808)
    unknown
    unknown()
    'a'.unknown()
    1 +
    (1
    [1
    {'a' 1}
    a.
    1 2
    = 1
    1 & 2
    """
        .lines()
        .toList();
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void givesWhatCelGives(String expression) {
    assertThat(ours(expression)).as(expression).isEqualTo(cel(expression));
  }

  /** Where the language goes further than CEL, on purpose; see the decision record. */
  @ParameterizedTest
  @MethodSource("extensions")
  void goesFurtherThanCel(String expression, String value) {
    assertThat(cel(expression)).isEqualTo(NOTHING);
    assertThat(ours(expression)).isEqualTo(value);
  }

  static List<Arguments> extensions() {
    return List.of(
        arguments("1 + 1.5", "2.5"),
        arguments("2.5 * 2", "5.0"),
        arguments("m.a + 1.5", "2.5"),
        arguments("dyn(1) + dyn(1.5)", "2.5"),
        arguments("1 == 1.0", "true"),
        arguments("1 == null", "false"),
        arguments("2.0 in [1, 2]", "true"),
        arguments("dyn(1) && false", "false"),
        arguments("true ? 1 : 'a'", "1"),
        arguments("null in [1]", "false"),
        arguments("''.indexOf('a')", "-1"),
        arguments("'hello'.indexOf('l', 5)", "-1"),
        arguments("'hello'.indexOf('l', 6)", "-1"),
        arguments("''.lastIndexOf('a', 0)", "-1"),
        arguments("'hello'.lastIndexOf('l', 5)", "3"),
        arguments("'hello'.lastIndexOf('l', 9)", "3"),
        arguments("has(m.zz.k)", "false"),
        arguments("has(m['a'])", "true"),
        arguments("duration(90)", "\"90s\""),
        arguments("math.floor(3)", "3"),
        arguments("timestamp('2026-11-20')", "\"2026-11-20T00:00:00Z\""));
  }

  /** Where CEL's definition and this implementation of it differ, the definition is followed. */
  @ParameterizedTest
  @CsvSource({
    "dyn(9007199254740993) == dyn(9007199254740992.0), true, false",
    "dyn(9223372036854775807) == dyn(9223372036854775808.0), true, false",
    "math.round(2.5), 2.0, 3.0",
    "math.round(-2.5), -2.0, -3.0",
  })
  void followsTheDefinition(String expression, String cel, String ours) {
    assertThat(cel(expression)).isEqualTo(cel);
    assertThat(ours(expression)).isEqualTo(ours);
  }

  @Test
  void givesWhatCelGivesForRandomExpressions() {
    var random = new RandomExpression(new Random(20261120));
    for (int i = 0; i < 4_000; i++) {
      String expression = random.next();
      assertThat(ours(expression)).as(expression).isEqualTo(cel(expression));
    }
  }

  private static String ours(String expression) {
    if (!OURS.mistakes(expression).isEmpty()) {
      return NOTHING;
    }
    try {
      return OURS.value(expression).toString();
    } catch (EvaluationException e) {
      return NOTHING;
    }
  }

  private static String cel(String expression) {
    try {
      Object value = CEL.createProgram(CEL.compile(expression).getAst()).eval(VALUES);
      JsonNode json = Value.json(fromCel(value));
      return json.toString();
    } catch (CelValidationException | CelEvaluationException | EvaluationException e) {
      return NOTHING;
    }
  }

  private static Object fromCel(Object value) {
    return switch (value) {
      case List<?> list -> {
        List<Object> copy = new ArrayList<>();
        list.forEach(element -> copy.add(fromCel(element)));
        yield copy;
      }
      case Map<?, ?> map -> {
        Map<Object, Object> copy = new LinkedHashMap<>();
        map.forEach((key, element) -> copy.put(key, fromCel(element)));
        yield copy;
      }
      case dev.cel.common.values.CelByteString bytes -> BinaryNode.valueOf(bytes.toByteArray());
      case dev.cel.common.values.NullValue nothing -> NullNode.getInstance();
      case Boolean truth -> truth;
      case Long whole -> whole;
      case Double real -> real;
      case String text -> text;
      case Instant time -> time;
      case Duration time -> time;
      default -> throw new AssertionError("CEL gave a " + value.getClass());
    };
  }
}
