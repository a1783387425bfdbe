package dev.tiphys.functions.deadletter;

import dev.tiphys.functions.port.RunParts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** What has come for one owner and is not written yet. Not thread-safe, the lock aside. */
final class Pending {
  /** What waits for one owner's next write, in characters; what comes beyond is counted alone. */
  static final int CHARACTERS_MAX = RunParts.CHARACTERS_MAX;

  private final SequencedMap<String, DeadLetter> letters = new LinkedHashMap<>();
  private int characters;
  private long unkept;

  /** Held by who writes, so that whoever is next has what was not written. */
  private final Lock writing = new ReentrantLock();

  /** When the next write may be. */
  private Instant due = Instant.EPOCH;

  /** Whether somebody writes, or will at a set time. */
  private boolean underWay;

  /**
   * What is to be written.
   *
   * @param unkept how many more came and cannot be kept
   */
  record Batch(List<DeadLetter> letters, long unkept) {
    Batch {
      letters = List.copyOf(letters);
    }

    /** Nothing of it was stored, nor ever will be; what came is still counted. */
    Batch countedAlone() {
      return new Batch(List.of(), unkept + letters.stream().mapToLong(DeadLetter::times).sum());
    }
  }

  /** Adds a letter, as far as there is room for it. */
  void add(DeadLetter letter, int roomOfAll) {
    if (letters.containsKey(letter.name())) {
      letters.computeIfPresent(letter.name(), (name, before) -> before.again(letter.times()));
      return;
    }
    int size = letter.tooLarge() ? Integer.MAX_VALUE : LetterPart.size(letter);
    if (size > Math.min(roomOfAll, CHARACTERS_MAX - characters)) {
      unkept += letter.times();
    } else {
      letters.put(letter.name(), letter);
      characters += size;
    }
  }

  /** Adds those that are counted alone. */
  void count(long more) {
    unkept += more;
  }

  /** Takes all of it out. */
  Batch take() {
    Batch batch = new Batch(new ArrayList<>(letters.values()), unkept);
    letters.clear();
    characters = 0;
    unkept = 0;
    return batch;
  }

  /** Puts back what was not written, as far as there is room for it. */
  void putBack(Batch batch, int roomOfAll) {
    Collection<DeadLetter> since = new ArrayList<>(letters.values());
    letters.clear();
    characters = 0;
    batch.letters().forEach(letter -> add(letter, roomOfAll));
    since.forEach(letter -> add(letter, roomOfAll));
    unkept += batch.unkept();
  }

  boolean empty() {
    return letters.isEmpty() && unkept == 0;
  }

  int characters() {
    return characters;
  }

  Lock writing() {
    return writing;
  }

  Instant due() {
    return due;
  }

  void due(Instant next) {
    due = next;
  }

  boolean underWay() {
    return underWay;
  }

  void underWay(boolean now) {
    underWay = now;
  }
}
