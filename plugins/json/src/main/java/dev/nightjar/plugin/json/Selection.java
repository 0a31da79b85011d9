package dev.nightjar.plugin.json;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.FieldPath.Part;
import dev.nightjar.spi.JsonAssembly;
import dev.nightjar.spi.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.StringNode;

/**
 * Copies the bytes of some fields of a record into a new object whose shape is known beforehand.
 * Used by one thread.
 */
final class Selection {

  private final Member[] members;
  private final Select.Missing missing;
  private final JsonAssembly out = new JsonAssembly();

  private Selection(Member[] members, Select.Missing missing) {
    this.members = members;
    this.missing = missing;
  }

  /** A member of the result. */
  private static final class Member {

    /** In its quotes. */
    private final byte[] name;

    /** Whose value it is; null when it is an object of other members. */
    private final @Nullable FieldPath field;

    private final Member[] inner;

    Member(byte[] name, @Nullable FieldPath field, Member[] inner) {
      this.name = name;
      this.field = field;
      this.inner = inner;
    }
  }

  /** Null when the shape depends on the record, or a name is there twice. */
  static @Nullable Selection of(
      List<FieldPath> fields, Map<String, FieldPath> as, Select.Missing missing) {
    var tree = new Names();
    for (FieldPath field : fields) {
      if (field.parts().contains(new Part.Every())) {
        return null;
      }
      tree.add(field);
    }
    for (Map.Entry<String, FieldPath> one : as.entrySet()) {
      if (tree.children.containsKey(one.getKey())) {
        return null;
      }
      tree.children.put(one.getKey(), new Names(one.getValue()));
    }
    return new Selection(tree.members(), missing);
  }

  /** Names within names, in the order in which they were first there. */
  private static final class Names {
    private final @Nullable FieldPath field;
    private final Map<String, Names> children = new LinkedHashMap<>();

    Names() {
      this(null);
    }

    Names(@Nullable FieldPath field) {
      this.field = field;
    }

    void add(FieldPath path) {
      Names place = this;
      for (Part part : path.parts().subList(0, path.parts().size() - 1)) {
        place = place.children.computeIfAbsent(name(part), name -> new Names());
      }
      place.children.put(name(path.parts().getLast()), new Names(path));
    }

    private static String name(Part part) {
      return ((Part.Key) part).name();
    }

    Member[] members() {
      var members = new ArrayList<Member>();
      children.forEach(
          (name, names) -> members.add(new Member(quoted(name), names.field, names.members())));
      return members.toArray(Member[]::new);
    }

    private static byte[] quoted(String name) {
      return StringNode.valueOf(name).toString().getBytes(StandardCharsets.UTF_8);
    }
  }

  /**
   * The new record.
   *
   * @throws Rejected when a field is missing that must not be
   */
  DataRecord of(DataRecord record) {
    out.begin();
    addMembers(members, record);
    return out.record(record.origin());
  }

  /** Closes the object behind them; false when there is nothing in it. */
  private boolean addMembers(Member[] members, DataRecord record) {
    for (Member member : members) {
      int before = out.name(member.name);
      if (!addValue(member, record)) {
        out.takeBack(before);
      }
    }
    return out.close();
  }

  private boolean addValue(Member member, DataRecord record) {
    FieldPath field = member.field;
    if (field == null) {
      out.open();
      return addMembers(member.inner, record);
    }
    return out.value(record, field) || addAbsent(field);
  }

  private boolean addAbsent(FieldPath field) {
    return switch (missing) {
      case OMIT -> false;
      case REJECT -> throw new Rejected("field `" + field.text() + "` is missing");
      case NULL -> {
        out.none();
        yield true;
      }
    };
  }
}
