package dev.tiphys.tests.adversary;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All that can be seen from outside at one moment.
 *
 * @param objects what it is about, by kind and name: {@code instance greet-1}
 */
record Facts(SortedMap<String, Fact> objects) {
  Facts {
    objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
  }

  /**
   * One object.
   *
   * @param group the run, or the task of an instance
   * @param state all of it
   * @param code what of it is code, a program, an image or a name
   */
  record Fact(String group, String state, String code) {}

  /** Which objects are there, gone or other now; an object is null where it is not there. */
  SortedMap<String, Change> changes(Facts after) {
    SortedMap<String, Change> changes = new TreeMap<>();
    TreeSet<String> names = new TreeSet<>(objects.keySet());
    names.addAll(after.objects.keySet());
    for (String name : names) {
      Change change = new Change(objects.get(name), after.objects.get(name));
      if (!Objects.equals(change.before(), change.after())) {
        changes.put(name, change);
      }
    }
    return changes;
  }

  /** What an object was and is. */
  record Change(@Nullable Fact before, @Nullable Fact after) {
    boolean isNew() {
      return before == null;
    }

    String group() {
      return Objects.requireNonNull(after == null ? before : after).group();
    }
  }

  /** The objects in whose code the text stands. */
  Map<String, Fact> withCode(String text) {
    SortedMap<String, Fact> found = new TreeMap<>();
    objects.forEach(
        (name, fact) -> {
          if (fact.code().contains(text)) {
            found.put(name, fact);
          }
        });
    return found;
  }
}
