package dev.tiphys.triggers.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.re2j.Pattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathGlobTest {
  @ParameterizedTest
  @DisplayName("C6: the globs of gitignore's documentation, and their neighbours")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /d/**/*.txt   | /d/x.txt        | true
          /d/**/*.txt   | /d/a/x.txt      | true
          /d/**/*.txt   | /d/a/b/x.txt    | true
          /d/**/*.txt   | /dx.txt         | false
          /d/**/*.txt   | /d/x.txt/y      | false
          **/foo        | foo             | true
          **/foo        | a/b/foo         | true
          **/foo        | a/xfoo          | false
          **/foo/bar    | foo/bar         | true
          **/foo/bar    | a/foo/bar       | true
          **/foo/bar    | a/foo/b/bar     | false
          abc/**        | abc/x           | true
          abc/**        | abc/x/y         | true
          abc/**        | abc             | false
          a/**/b        | a/b             | true
          a/**/b        | a/x/b           | true
          a/**/b        | a/x/y/b         | true
          a/**/b        | a/xb            | false
          a/**/b        | ab              | false
          /a/**/**/b    | /a/b            | true
          foo/*         | foo/test.json   | true
          foo/*         | foo/bar/hello.c | false
          /**           | /a/b            | true
          {a,b}/**      | b/c/d           | true
          {a,b}/**      | c/d             | false
          /d{/**,}/x    | /d/x            | true
          /d{/**,}/x    | /d/a/x          | true
          /{a,b{c,d}}/x | /bd/x           | true
          /{a,b{c,d}}/x | /b/x            | false
          /data/**.raw  | /data/in/a.raw  | true
          /a?c          | /abc            | true
          /a?c          | /a/c            | false
          /[a-c]x       | /bx             | true
          /[!a-c]x      | /dx             | true
          /[!a-c]x      | /bx             | false
          /a[^b]c       | /a/c            | false
          /a[+-9]c      | /a/c            | false
          /a[+-9]c      | /a5c            | true
          /[]x]         | /]              | true
          /[{,}]        | /,              | true
          /a\\*          | /a*             | true
          /a\\*          | /ab             | false
          /\\{a,b\\}      | /{a,b}          | true
          /a.c+(d)$^    | /a.c+(d)$^      | true
          /a.c          | /abc            | false
          /*            | /.hidden        | true
          /größe-?.csv  | /größe-ü.csv    | true
          /?            | /😀             | true
          """)
  void matches(String glob, String path, boolean expected) {
    assertThat(matching(glob, path)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/{a",
        "/{a,b",
        "/[a",
        "/[]",
        "/[!]",
        "/a\\",
        "/[c-a]",
        "/[[:digit:]]",
        "/{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}",
      })
  void refusesWhatIsNotAGlob(String glob) {
    assertThatExceptionOfType(PatternSyntaxException.class).isThrownBy(() -> PathGlob.regex(glob));
  }

  @Test
  @DisplayName("C6: finds the files that bash finds with globstar")
  void findsTheFilesThatBashFinds(@TempDir Path root) throws Exception {
    // Given
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/bash")));
    List<String> files =
        List.of("x.txt", "a/x.txt", "a/b/x.txt", "a/b/c/x.txt", "b/y.txt", "ab/x.md", ".h/x.txt");
    for (String file : files) {
      Files.createDirectories(root.resolve(file).getParent());
      Files.createFile(root.resolve(file));
    }
    List<String> globs =
        List.of(
            "**/*.txt",
            "**",
            "a/**",
            "a/**/x.txt",
            "**/x.*",
            "**/b/**",
            "*/**",
            "a/**/b/**/x.txt",
            "{a,b}/**",
            "{a,ab}/**/x.*",
            "[!a]/**",
            "*",
            "?/*",
            "**/[a-b]/*.txt",
            "**/**/x.txt");
    for (String glob : globs) {
      // When
      SortedSet<String> found =
          files.stream()
              .filter(file -> matching(glob, file))
              .collect(Collectors.toCollection(TreeSet::new));
      // Then
      assertThat(found).as(glob).isEqualTo(bash(root, glob));
    }
  }

  private static SortedSet<String> bash(Path root, String glob)
      throws IOException, InterruptedException {
    Process bash =
        new ProcessBuilder(
                "/bin/bash",
                "-O",
                "globstar",
                "-O",
                "dotglob",
                "-O",
                "nullglob",
                "-c",
                "for f in " + glob + "; do [ -f \"$f\" ] && printf '%s\\n' \"$f\"; done; true")
            .directory(root.toFile())
            .start();
    String files = new String(bash.getInputStream().readAllBytes(), UTF_8);
    assertThat(bash.waitFor()).isZero();
    return files.lines().collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean matching(String glob, String path) {
    return Pattern.compile(PathGlob.regex(glob), Pattern.DOTALL).matches(path);
  }
}
