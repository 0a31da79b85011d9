package dev.nightjar.daemon.web;

import java.util.Locale;

/** What somebody may do who has the role's token; each may what the ones before it may. */
public enum Role {
  /** Sees everything. */
  VIEWER,
  /** Starts and ends runs. */
  OPERATOR,
  /** Changes what the daemon does. */
  ADMIN;

  /** As it is written in tokens and answers. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean covers(Role other) {
    return compareTo(other) >= 0;
  }
}
