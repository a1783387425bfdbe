package dev.tiphys.functions.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.tiphys.triggers.event.EventKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * How a run knows events from outside again. The newest are in the run's object, each at what has
 * heard it; older ones are in parts of the run, as they are known to a listener.
 *
 * @param key what the digests are made with, so that nobody outside can make two events look alike
 * @param parts how many digests each part holds at least, in the order in which they are filled
 */
public record OutsideMemory(String key, List<Integer> parts) {
  /** What parts of this kind are kept for. */
  public static final String PURPOSE = "outside";

  /** Digests in the run's object; when there are more, older ones go into parts. */
  public static final int OBJECT_MAX = 512;

  /** Digests in one part: as many as fit into 256 KiB. */
  public static final int PART_MAX = 256 * 1024 / PackedDigests.CHARS;

  /** Parts of one run: 8 MiB. */
  public static final int PARTS_MAX = 32;

  /** Of a run that has heard nothing yet. */
  public static OutsideMemory withKey(String key) {
    return new OutsideMemory(key, List.of());
  }

  public OutsideMemory {
    parts = List.copyOf(parts);
  }

  /** Whether no more events can be taken: what they did could not be remembered. */
  @JsonIgnore
  public boolean full() {
    return parts.size() == PARTS_MAX && !room(parts.getLast());
  }

  /** Others may add as many at the same moment. */
  private static boolean room(int digests) {
    return digests <= PART_MAX - 2 * OBJECT_MAX;
  }

  /** What an event that has no place in a stream is known by. */
  public EventRef.Outside ref(EventKey event) {
    return new EventRef.Outside(digest(key, event.source(), event.id()));
  }

  /** What a part holds of an event that a listener has heard. */
  public String entry(String listener, EventRef.Outside event) {
    return digest(key, listener, event.digest());
  }

  /** The part that the next digests go into. */
  public int filling() {
    return !parts.isEmpty() && room(parts.getLast()) ? parts.size() - 1 : parts.size();
  }

  /** With a part that holds so many. */
  public OutsideMemory withPart(int part, int digests) {
    List<Integer> sizes = new ArrayList<>(parts);
    if (part == sizes.size()) {
      sizes.add(digests);
    } else {
      sizes.set(part, Math.max(sizes.get(part), digests));
    }
    return new OutsideMemory(key, sizes);
  }

  private static String digest(String... texts) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String text : texts) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // lengths keep ("ab","c") apart from ("a","bc")
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        sha.update(bytes);
      }
      byte[] half = Arrays.copyOf(sha.digest(), 16);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(half);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
