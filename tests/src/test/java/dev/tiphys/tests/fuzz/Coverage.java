package dev.tiphys.tests.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a search has reached of the files that it reached at all.
 *
 * @param reached lines
 * @param lines of those files
 */
record Coverage(long reached, long lines) {
  private static final String BEGIN = "Line coverage:";
  private static final Pattern FILE = Pattern.compile("(\\S+): (\\d+)/(\\d+) .*");
  private static final Path OWN = Path.of("src", "test", "java", "dev", "tiphys", "tests", "fuzz");

  /** Reads Jazzer's report; the oracles do not count. */
  static Coverage in(Path report) throws IOException {
    List<String> all = Files.exists(report) ? Files.readAllLines(report) : List.of();
    Coverage sum = new Coverage(0, 0);
    boolean begun = false;
    for (String line : all) {
      Matcher file = FILE.matcher(line);
      if (!file.matches()) {
        begun = line.equals(BEGIN);
      } else if (begun && !file.group(2).equals("0") && !own(file.group(1))) {
        sum =
            new Coverage(
                sum.reached + Long.parseLong(file.group(2)),
                sum.lines + Long.parseLong(file.group(3)));
      }
    }
    return sum;
  }

  private static boolean own(String file) {
    return file.endsWith("Oracle.java") || Files.exists(OWN.resolve(file));
  }

  @Override
  public String toString() {
    return "%,d of %,d".formatted(reached, lines);
  }
}
