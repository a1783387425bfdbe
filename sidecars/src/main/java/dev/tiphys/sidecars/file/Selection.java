package dev.tiphys.sidecars.file;

import static com.google.re2j.Pattern.DOTALL;

import dev.tiphys.triggers.plan.FileWatch;
import dev.tiphys.triggers.plan.PathGlob;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The files that are watched, and the folders in which they can be. Its paths are relative to the
 * volume's folder.
 *
 * @param depth how many folders deep they can be; with {@code **} or a regex there is no limit
 */
record Selection(String mountPath, Predicate<String> wanted, List<String> beginnings, int depth) {
  static Selection of(FileWatch watch) {
    return new Selection(
        watch.mountPath(),
        watch.regex() == null
            ? globs(watch.globs())
            : Pattern.compile(watch.regex()).asMatchPredicate(),
        watch.beginnings(),
        watch.globs().stream().mapToInt(Selection::depth).max().orElse(Integer.MAX_VALUE));
  }

  private static Predicate<String> globs(List<String> globs) {
    List<com.google.re2j.Pattern> patterns =
        globs.stream()
            .map(glob -> com.google.re2j.Pattern.compile(PathGlob.regex(glob), DOTALL))
            .toList();
    return path -> patterns.stream().anyMatch(pattern -> pattern.matches(path));
  }

  /** Whether it is one of the files. */
  boolean matches(String path) {
    return wanted.test(absolute(path));
  }

  /** Whether one of the files can be below that folder. */
  boolean enters(String folder) {
    String below = absolute(folder) + "/";
    return depthOf(below) <= depth
        && beginnings.stream().anyMatch(b -> b.startsWith(below) || below.startsWith(b));
  }

  private String absolute(String path) {
    return path.isEmpty() ? mountPath : mountPath + "/" + path;
  }

  private static int depth(String glob) {
    return glob.contains("**") ? Integer.MAX_VALUE : depthOf(glob);
  }

  private static int depthOf(String path) {
    return Math.toIntExact(path.chars().filter(sign -> sign == '/').count());
  }
}
