package dev.tiphys.functions.deadletter;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Which one of an owner's parts is written, and with what.
 *
 * @param shard the part's number
 * @param part as it is to be
 * @param rest letters that have their place in another part, and wait for another write
 */
record Filing(int shard, LetterPart part, List<DeadLetter> rest) {
  /**
   * Parts of one run, and of one plan: 1 MiB, some 2,000 small events. What comes when they are
   * full is counted alone, until some are published again; the oldest stay.
   */
  static final int PARTS_MAX = 4;

  /**
   * Decides it. Each letter goes to the part that has it already, else to the first that has room,
   * else it is counted alone.
   *
   * @param parts all of the owner's, as they are
   * @param letters those that have come; with the count alone there may be none
   * @param unkept how many more came and cannot be kept
   */
  static Filing of(
      List<LetterPart> parts, Collection<DeadLetter> letters, long unkept, Instant now) {
    int[] room = parts.stream().mapToInt(LetterPart::room).toArray();
    int shard = -1;
    long homeless = 0;
    List<DeadLetter> taken = new ArrayList<>();
    List<DeadLetter> rest = new ArrayList<>();
    for (DeadLetter letter : letters) {
      OptionalInt place = place(parts, room, letter);
      if (place.isEmpty()) {
        homeless += letter.times();
        continue;
      }
      if (!parts.get(place.getAsInt()).letters().containsKey(letter.name())) {
        room[place.getAsInt()] -= LetterPart.size(letter);
      }
      shard = shard < 0 ? place.getAsInt() : shard;
      (place.getAsInt() == shard ? taken : rest).add(letter);
    }
    int written = Math.max(shard, 0);
    return new Filing(
        written, parts.get(written).plus(taken, unkept + homeless, now), List.copyOf(rest));
  }

  private static OptionalInt place(List<LetterPart> parts, int[] room, DeadLetter letter) {
    OptionalInt known =
        IntStream.range(0, parts.size())
            .filter(shard -> parts.get(shard).letters().containsKey(letter.name()))
            .findFirst();
    int size = LetterPart.size(letter);
    return known.isPresent()
        ? known
        : IntStream.range(0, parts.size()).filter(shard -> size <= room[shard]).findFirst();
  }
}
