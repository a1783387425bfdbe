package dev.tiphys.tests.adversary;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One request of a stranger.
 *
 * @param name what is tried, for the message
 * @param path where it is posted: {@code /} is the broker, all others are the functions'
 * @param headers in lower case
 * @param may what it may change
 */
record Attack(
    String name, String path, SortedMap<String, String> headers, String body, Effects may) {
  /** In each value that an attack brings; where it turns up says what a stranger can fill. */
  static final String MARK = "mArK";

  Attack {
    headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
  }

  /** What a request may change. */
  enum Effects {
    NOTHING,
    /** What the workflow declares for events of its type from outside. */
    OF_DECLARED_EVENT,
    /** A run of its own, as its workflow lets anybody begin one. */
    OF_BEGIN
  }

  String type() {
    return headers.getOrDefault("ce-type", "");
  }
}
