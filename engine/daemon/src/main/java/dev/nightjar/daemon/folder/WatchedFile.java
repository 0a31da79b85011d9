package dev.nightjar.daemon.folder;

import dev.nightjar.daemon.folder.ServedWorkflow.Version;
import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.diagnostic.Diagnostic;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.SourceText;
import dev.nightjar.model.options.Catalog;
import dev.nightjar.model.yaml.YamlReader;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One file of the folder of workflows, from look to look. For one thread. */
final class WatchedFile {

  private final Path path;
  private final String display;
  private final Path file;

  /** How it looked in the last look; null when it was not there. */
  private @Nullable FileStamp seen;

  /** How it looked when it was read; null when that failed in a way that leaves no trace. */
  private @Nullable FileStamp read;

  /** What lies there; null until it was read, and while it cannot be. */
  private @Nullable CheckedText now;

  private List<Diagnostic> unreadable = List.of();

  /** What was last in force, be it before this process; good with the plugins of then. */
  private @Nullable CheckedText good;

  private @Nullable Version inForce;
  private @Nullable ServedWorkflow served;

  /**
   * A file that nobody has read yet.
   *
   * @param display how messages name it
   */
  WatchedFile(Path path, String display) {
    this.path = path;
    this.display = display;
    this.file = path.toAbsolutePath().normalize();
  }

  /** As it was found. */
  Path path() {
    return path;
  }

  /** Absolute. */
  Path file() {
    return file;
  }

  String display() {
    return display;
  }

  /** Takes a text that was good before this process. */
  void restore(String text, Catalog catalog) {
    good = CheckedText.of(new SourceText(display(), text), file, catalog);
  }

  /** Notes that it is not there; whether it was not there in the look before either. */
  boolean noteMissing() {
    boolean again = seen == null;
    seen = null;
    return again;
  }

  /** Reads it when it was changed and has settled; whether something else lies there now. */
  boolean look(FileStamp stamp, Catalog catalog) {
    boolean settled = stamp.equals(seen);
    seen = stamp;
    return settled && !stamp.equals(read) && read(stamp, catalog);
  }

  private boolean read(FileStamp stamp, Catalog catalog) {
    var found = new Diagnostics();
    SourceText source = YamlReader.text(path, display(), found);
    if (source == null) {
      return refuse(stamp, found.sorted());
    }
    read = stamp;
    unreadable = List.of();
    CheckedText text = CheckedText.of(source, file, catalog);
    boolean same = now != null && now.digest().equals(text.digest());
    if (!same) {
      now = isGood(text) ? good : text;
    }
    return !same;
  }

  private boolean isGood(CheckedText text) {
    return good != null && good.digest().equals(text.digest());
  }

  private boolean refuse(FileStamp stamp, List<Diagnostic> why) {
    boolean unread = why.stream().anyMatch(one -> one.code() == Code.UNREADABLE_FILE);
    if (unread && !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      // It has gone since it was listed, which the next look will tell.
      return false;
    }
    // Permissions are mended without a trace on the file.
    read = unread ? null : stamp;
    if (now == null && messages(why).equals(messages(unreadable))) {
      return false;
    }
    now = null;
    unreadable = why;
    return true;
  }

  private static List<String> messages(List<Diagnostic> diagnostics) {
    return diagnostics.stream().map(Diagnostic::message).toList();
  }

  /** Checks its texts again, with other plugins. */
  void recheck(Catalog catalog) {
    CheckedText there = now;
    good = good == null ? null : good.again(file, catalog);
    if (there != null) {
      now = isGood(there) ? good : there.again(file, catalog);
    }
  }

  /** What may be in force, the best first. */
  List<CheckedText> candidates() {
    CheckedText fallback = now != null && isGood(now) ? null : good;
    return Stream.concat(Stream.ofNullable(now), Stream.ofNullable(fallback))
        .filter(text -> text.workflow() != null)
        .toList();
  }

  boolean holds(String name) {
    return inForce != null && inForce.name().equals(name);
  }

  /** Whether it is YAML for somebody else, and always was. */
  boolean isIgnored() {
    return now != null && now.other() && good == null;
  }

  /**
   * What is to be told of it; null when it is ignored, or was not read yet.
   *
   * @param names who has which name
   * @param generation of the plugins
   */
  @Nullable ServedWorkflow serve(NameClaims names, long generation, Instant at) {
    inForce = version(names.chosen(this), generation, at);
    boolean unknown = now == null && good == null && unreadable.isEmpty();
    if (unknown || isIgnored()) {
      served = null;
      return null;
    }
    var next = new ServedWorkflow(file, display(), inForce, diagnostics(names), at);
    served = served != null && served.isLike(next) ? next.since(served.since()) : next;
    return served;
  }

  private @Nullable Version version(@Nullable CheckedText chosen, long generation, Instant at) {
    if (chosen == null) {
      return null;
    }
    good = chosen;
    Version before = inForce;
    Instant since = before != null && before.digest().equals(chosen.digest()) ? before.since() : at;
    return new Version(
        Objects.requireNonNull(chosen.workflow()),
        chosen.source().text(),
        chosen.digest(),
        generation,
        since);
  }

  private List<Diagnostic> diagnostics(NameClaims names) {
    CheckedText shown = now == null && unreadable.isEmpty() ? good : now;
    if (shown == null) {
      return unreadable;
    }
    List<Diagnostic> all = new ArrayList<>(shown.diagnostics());
    Diagnostic taken = names.conflict(this, shown);
    if (taken != null) {
      all.add(taken);
    }
    return all;
  }

  /** What was last in force; null when nothing was. */
  @Nullable CheckedText good() {
    return good;
  }
}
