package dev.tiphys.functions.deadletter;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.tiphys.functions.port.RunParts;
import dev.tiphys.triggers.json.Json;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/**
 * What one part holds: dead letters, a line each, and a last line with what was counted alone.
 *
 * @param letters by name, the oldest first
 * @param unkept how many came and were not kept
 * @param written when the functions wrote it last
 */
public record LetterPart(SequencedMap<String, DeadLetter> letters, long unkept, Instant written) {
  /** What parts of this kind are kept for. */
  public static final String PURPOSE = "dead-letters";

  /** One that holds nothing. */
  static final LetterPart EMPTY = new LetterPart(Collections.emptySortedMap(), 0, Instant.EPOCH);

  /** Room for the last line. */
  private static final int LAST_LINE_MAX = 256;

  /** The line's end, and digits by which the number of times may grow. */
  private static final int LINE_END = 20;

  public LetterPart {
    letters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(letters));
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record LastLine(long unkept, Instant written) {}

  /** The part as it is stored, in ASCII. */
  public String text() {
    StringBuilder text = new StringBuilder();
    letters.values().forEach(letter -> text.append(letter.line()).append('\n'));
    return text.append(Json.ascii(new LastLine(unkept, written))).append('\n').toString();
  }

  /** What {@link #text} wrote. A line that is none of ours counts as a letter that is not kept. */
  public static LetterPart read(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty()) {
      return EMPTY;
    }
    SequencedMap<String, DeadLetter> letters = new LinkedHashMap<>();
    long unread = 0;
    for (String line : lines.subList(0, lines.size() - 1)) {
      DeadLetter letter = DeadLetter.read(line).orElse(null);
      if (letter == null) {
        unread++;
      } else {
        letters.put(letter.name(), letter);
      }
    }
    LastLine last = lastLine(lines.getLast());
    return new LetterPart(letters, last.unkept() + unread, last.written());
  }

  private static LastLine lastLine(String line) {
    try {
      return Json.read(line, LastLine.class);
    } catch (RuntimeException e) {
      return new LastLine(0, Instant.EPOCH);
    }
  }

  /** Characters that can be added to it. */
  int room() {
    return RunParts.CHARACTERS_MAX
        - LAST_LINE_MAX
        - letters.values().stream().mapToInt(LetterPart::size).sum();
  }

  /** Characters that the letter takes at most, however often it comes again. */
  static int size(DeadLetter letter) {
    return letter.line().length() + LINE_END;
  }

  /** With these letters, or more of those that it has. */
  LetterPart plus(Collection<DeadLetter> more, long moreUnkept, Instant now) {
    SequencedMap<String, DeadLetter> all = new LinkedHashMap<>(letters);
    more.forEach(
        letter -> all.merge(letter.name(), letter, (before, its) -> before.again(its.times())));
    return new LetterPart(all, unkept + moreUnkept, now);
  }

  /** Without those letters. */
  public LetterPart without(Set<String> names) {
    SequencedMap<String, DeadLetter> left = new LinkedHashMap<>(letters);
    left.keySet().removeAll(names);
    return new LetterPart(left, unkept, written);
  }
}
