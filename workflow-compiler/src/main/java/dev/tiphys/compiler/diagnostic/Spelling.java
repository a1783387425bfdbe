package dev.tiphys.compiler.diagnostic;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses what was meant by a name that nothing has. */
public final class Spelling {
  /** Bounds the search in files made to be slow. */
  private static final int MAX_CANDIDATES = 1_000;

  private static final int MAX_LENGTH = 64;

  private Spelling() {}

  /** The hint: the nearest name if one is near, else the fallback. */
  public static String didYouMean(String name, Collection<String> candidates, String fallback) {
    return nearest(name, candidates).map(c -> "did you mean `" + c + "`?").orElse(fallback);
  }

  /** The nearest candidate; empty if none is near enough to be meant. */
  public static Optional<String> nearest(String name, Collection<String> candidates) {
    if (name.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    int limit = Math.max(1, name.length() / 3);
    return candidates.stream()
        .limit(MAX_CANDIDATES)
        .filter(c -> c.length() <= MAX_LENGTH && Math.abs(c.length() - name.length()) <= limit)
        .map(
            c ->
                new Candidate(
                    c, distance(name.toLowerCase(Locale.ROOT), c.toLowerCase(Locale.ROOT))))
        .filter(c -> c.distance <= limit)
        .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .map(Candidate::name);
  }

  private record Candidate(String name, int distance) {}

  /** Edits that make one of the other, two neighbours exchanged counting as one. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
