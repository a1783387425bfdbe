package dev.tiphys.sidecars.file;

import dev.tiphys.triggers.plan.FileWatch;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
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
  private static final Pattern GLOB_SIGN = Pattern.compile("[*?\\[{\\\\]");
  private static final Pattern REGEX_SIGN = Pattern.compile("[\\\\.\\[\\]{}()*+?^$|]");

  static Selection of(FileWatch watch) {
    if (watch.regex() != null) {
      Predicate<String> whole = Pattern.compile(watch.regex()).asMatchPredicate();
      String beginning = REGEX_SIGN.split(watch.regex(), 2)[0];
      return new Selection(watch.mountPath(), whole, List.of(beginning), Integer.MAX_VALUE);
    }
    List<PathMatcher> matchers =
        watch.globs().stream()
            .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
            .toList();
    return new Selection(
        watch.mountPath(),
        path -> matchers.stream().anyMatch(matcher -> matcher.matches(FileNames.path(path))),
        watch.globs().stream().map(glob -> GLOB_SIGN.split(glob, 2)[0]).toList(),
        watch.globs().stream().mapToInt(Selection::depth).max().orElse(0));
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
