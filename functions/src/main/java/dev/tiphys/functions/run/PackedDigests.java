package dev.tiphys.functions.run;

import java.util.Collection;
import java.util.TreeSet;

/**
 * A set of digests as one text: sorted, one behind the other. It is searched as it stands, so a
 * part of a run costs no parsing.
 *
 * @param text its length is a multiple of {@value #CHARS}
 */
public record PackedDigests(String text) {
  /** 128 bits, six of them a character. */
  static final int CHARS = 22;

  /** None. */
  public static final PackedDigests NONE = new PackedDigests("");

  public PackedDigests {
    if (text.length() % CHARS != 0) {
      throw new IllegalArgumentException("no digests: " + text.length() + " characters");
    }
  }

  /** How many there are. */
  public int size() {
    return text.length() / CHARS;
  }

  /** Whether the digest is one of them. */
  public boolean contains(String digest) {
    int low = 0;
    int high = size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = at(middle).compareTo(digest);
      if (order == 0) {
        return true;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return false;
  }

  /** With more of them. */
  public PackedDigests plus(Collection<String> digests) {
    TreeSet<String> all = new TreeSet<>(digests);
    for (int n = 0; n < size(); n++) {
      all.add(at(n));
    }
    return new PackedDigests(String.join("", all));
  }

  private String at(int index) {
    return text.substring(index * CHARS, (index + 1) * CHARS);
  }
}
