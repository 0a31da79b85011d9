package dev.nightjar.model.options;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of the classes of options records: looked at once, not for each step that has such
 * options. Of one run, so that it keeps no plugin's classes longer. Used by many threads.
 */
public final class RecordMakers {

  private final Map<Class<?>, RecordMaker> known = new ConcurrentHashMap<>();

  RecordMaker of(Class<?> type) {
    RecordMaker maker = known.get(type);
    return maker != null ? maker : known.computeIfAbsent(type, RecordMaker::new);
  }
}
