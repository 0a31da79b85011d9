package dev.nightjar.stage.plugin;

import dev.nightjar.model.options.OptionDeclaration;
import dev.nightjar.model.options.OptionType;
import dev.nightjar.model.options.PluginDeclaration;
import dev.nightjar.model.options.ProcessorDeclaration;
import dev.nightjar.model.options.ProcessorDeclaration.Block;
import dev.nightjar.model.options.ProcessorDeclaration.Output;
import dev.nightjar.model.options.ProcessorDeclaration.Shape;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.ProcessorSpec.Effect;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.ProcessorSpec.Scope;
import dev.nightjar.stage.plugin.PluginJar.Dependency;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a {@link PluginIndex}: what declarations say, in the order of their components,
 * behind a checksum. JSON, which the jars hold, takes ten times as long to read at a start.
 */
final class IndexFormat {

  /** To be raised with any change of this class, or of a record or an enum that it writes. */
  static final int VERSION = 1;

  private static final int HEAD = Integer.BYTES + Long.BYTES;

  private IndexFormat() {}

  /** Those of the jars of one folder. */
  static byte[] write(Path folder, List<IndexedJar> jars) {
    var out = new Out();
    out.text(whole(folder));
    out.list(jars, out::jar);
    byte[] body = out.bytes.toByteArray();
    var head = new Out();
    head.fixed(VERSION, Integer.BYTES);
    head.fixed(checksum(body, 0), Long.BYTES);
    head.bytes.writeBytes(body);
    return head.bytes.toByteArray();
  }

  /**
   * The jars of a folder.
   *
   * @param folder as messages name it
   * @return nothing when the bytes are damaged, of another version, or of another folder
   */
  static List<IndexedJar> read(byte[] bytes, Path folder) {
    if (bytes.length <= HEAD) {
      return List.of();
    }
    var in = new In(bytes, folder);
    if (in.fixed(Integer.BYTES) != VERSION || in.fixed(Long.BYTES) != checksum(bytes, HEAD)) {
      return List.of();
    }
    return in.text().equals(whole(folder)) ? in.list(in::jar) : List.of();
  }

  private static String whole(Path folder) {
    return folder.toAbsolutePath().normalize().toString();
  }

  private static long checksum(byte[] bytes, int from) {
    var crc = new CRC32();
    crc.update(bytes, from, bytes.length - from);
    return crc.getValue();
  }

  /** Integers take seven bits a byte, the lowest first; texts are UTF-8 behind their length. */
  private static final class Out {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void jar(IndexedJar indexed) {
      PluginJar jar = indexed.jar();
      PluginDeclaration plugin = jar.declaration();
      text(jar.path().getFileName().toString());
      optional(indexed.digest());
      stamp(jar.stamp());
      text(plugin.id());
      text(plugin.version());
      text(plugin.description());
      text(jar.requires());
      list(jar.dependencies(), this::dependency);
      list(plugin.processors(), this::processor);
    }

    private void stamp(Stamp stamp) {
      fixed(stamp.size(), Long.BYTES);
      fixed(stamp.modified(), Long.BYTES);
      fixed(stamp.changed(), Long.BYTES);
      fixed(stamp.key(), Long.BYTES);
    }

    private void dependency(Dependency dependency) {
      text(dependency.id());
      flag(dependency.optional());
    }

    private void processor(ProcessorDeclaration processor) {
      text(processor.name());
      text(processor.summary());
      word(Words.SHAPES, processor.shape());
      list(processor.accepts(), this::kind);
      word(Words.EMITTED, processor.emits());
      word(Words.EFFECTS, processor.effect());
      word(Words.SCOPES, processor.scope());
      list(processor.blocks(), this::block);
      list(processor.bindings(), this::text);
      list(processor.outputs(), this::output);
      list(processor.options(), this::option);
      text(processor.className());
    }

    private void block(Block block) {
      text(block.name());
      flag(block.required());
    }

    private void output(Output output) {
      text(output.name());
      text(output.type());
      text(output.summary());
    }

    private void option(OptionDeclaration option) {
      text(option.name());
      type(option.type());
      text(option.doc());
      flag(option.required());
      optional(option.defaultText());
      flag(option.secret());
      kinds(option.accepts());
      emitted(option.emits());
    }

    private void type(OptionType type) {
      if (type instanceof OptionType.Simple simple) {
        number(TypeTag.SIMPLE);
        word(Words.SIMPLE, simple);
      } else if (type instanceof OptionType.Choice choice) {
        number(TypeTag.CHOICE);
        list(choice.constants(), this::constant);
      } else if (type instanceof OptionType.ListOf list) {
        number(TypeTag.LIST);
        type(list.element());
      } else if (type instanceof OptionType.MapOf map) {
        number(TypeTag.MAP);
        type(map.value());
      } else if (type instanceof OptionType.Nested nested) {
        number(TypeTag.NESTED);
        list(nested.options(), this::option);
      }
    }

    private void constant(OptionType.Constant constant) {
      text(constant.name());
      text(constant.constant());
      text(constant.doc());
      kinds(constant.accepts());
      emitted(constant.emits());
    }

    private void kinds(@Nullable List<Kind> kinds) {
      flag(kinds != null);
      if (kinds != null) {
        list(kinds, this::kind);
      }
    }

    private void emitted(@Nullable Emitted emitted) {
      flag(emitted != null);
      if (emitted != null) {
        word(Words.EMITTED, emitted);
      }
    }

    private <T> void list(List<T> items, Consumer<T> write) {
      number(items.size());
      items.forEach(write);
    }

    private void optional(@Nullable String text) {
      flag(text != null);
      if (text != null) {
        text(text);
      }
    }

    private void text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      number(utf8.length);
      bytes.writeBytes(utf8);
    }

    private void kind(Kind kind) {
      word(Words.KINDS, kind);
    }

    private <E extends Enum<E>> void word(List<E> words, E word) {
      number(words.indexOf(word));
    }

    private void flag(boolean flag) {
      number(flag ? 1 : 0);
    }

    private void number(int number) {
      int rest = number;
      while (rest > 0x7f) {
        bytes.write((rest & 0x7f) | 0x80);
        rest >>>= 7;
      }
      bytes.write(rest);
    }

    private void fixed(long number, int count) {
      for (int i = 0; i < count; i++) {
        bytes.write((int) (number >>> (8 * i)));
      }
    }
  }

  /** The same backwards. */
  private static final class In {

    private final byte[] bytes;
    private final Path folder;
    private int at;

    In(byte[] bytes, Path folder) {
      this.bytes = bytes;
      this.folder = folder;
    }

    IndexedJar jar() {
      Path path = folder.resolve(text());
      String digest = optional();
      var stamp =
          new Stamp(fixed(Long.BYTES), fixed(Long.BYTES), fixed(Long.BYTES), fixed(Long.BYTES));
      String id = text();
      String version = text();
      String description = text();
      String requires = text();
      List<Dependency> dependencies = list(() -> new Dependency(text(), flag()));
      var plugin = new PluginDeclaration(id, version, description, list(this::processor));
      return new IndexedJar(
          new PluginJar(path, path, plugin, requires, dependencies, stamp), digest);
    }

    private ProcessorDeclaration processor() {
      return new ProcessorDeclaration(
          text(),
          text(),
          word(Words.SHAPES),
          list(() -> word(Words.KINDS)),
          word(Words.EMITTED),
          word(Words.EFFECTS),
          word(Words.SCOPES),
          list(() -> new Block(text(), flag())),
          list(this::text),
          list(() -> new Output(text(), text(), text())),
          list(this::option),
          text());
    }

    private OptionDeclaration option() {
      return new OptionDeclaration(
          text(), type(), text(), flag(), optional(), flag(), kinds(), emitted());
    }

    private OptionType type() {
      return switch (number()) {
        case TypeTag.SIMPLE -> word(Words.SIMPLE);
        case TypeTag.CHOICE ->
            new OptionType.Choice(
                list(() -> new OptionType.Constant(text(), text(), text(), kinds(), emitted())));
        case TypeTag.LIST -> new OptionType.ListOf(type());
        case TypeTag.MAP -> new OptionType.MapOf(type());
        default -> new OptionType.Nested(list(this::option));
      };
    }

    private @Nullable List<Kind> kinds() {
      return flag() ? list(() -> word(Words.KINDS)) : null;
    }

    private @Nullable Emitted emitted() {
      return flag() ? word(Words.EMITTED) : null;
    }

    private <T> List<T> list(Supplier<T> read) {
      int count = number();
      if (count == 0) {
        return List.of();
      }
      List<T> items = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        items.add(read.get());
      }
      return items;
    }

    private @Nullable String optional() {
      return flag() ? text() : null;
    }

    private String text() {
      int length = number();
      var text = new String(bytes, at, length, StandardCharsets.UTF_8);
      at += length;
      return text;
    }

    private <E extends Enum<E>> E word(List<E> words) {
      return words.get(number());
    }

    private boolean flag() {
      return number() != 0;
    }

    private int number() {
      int next = bytes[at++];
      int number = next & 0x7f;
      for (int shift = 7; next < 0; shift += 7) {
        next = bytes[at++];
        number |= (next & 0x7f) << shift;
      }
      return number;
    }

    private long fixed(int count) {
      long number = 0;
      for (int i = 0; i < count; i++) {
        number |= (bytes[at++] & 0xffL) << (8 * i);
      }
      return number;
    }
  }

  private static final class TypeTag {
    static final int SIMPLE = 0;
    static final int CHOICE = 1;
    static final int LIST = 2;
    static final int MAP = 3;
    static final int NESTED = 4;
  }

  private static final class Words {
    static final List<Shape> SHAPES = Arrays.asList(Shape.values());
    static final List<Kind> KINDS = Arrays.asList(Kind.values());
    static final List<Emitted> EMITTED = Arrays.asList(Emitted.values());
    static final List<Effect> EFFECTS = Arrays.asList(Effect.values());
    static final List<Scope> SCOPES = Arrays.asList(Scope.values());
    static final List<OptionType.Simple> SIMPLE = Arrays.asList(OptionType.Simple.values());
  }
}
