package dev.tiphys.compiler.check;

import dev.tiphys.compiler.model.TaggedText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds what an interpreter on a command line runs as code: the argument after {@code sh -c}. What
 * follows the code ({@code $1}, {@code sys.argv}) is plain data.
 */
final class InlineCode {
  private static final Pattern C = Pattern.compile("-[a-zA-Z]*c[a-zA-Z]*");
  private static final Pattern E = Pattern.compile("-[a-zA-Z0-9]*[eE]|--eval");
  private static final Pattern NODE = Pattern.compile("-[a-z]*[ep]|--eval|--print");
  private static final Pattern R = Pattern.compile("-[a-zA-Z]*[rBRE]|--run");
  private static final Pattern POWERSHELL = Pattern.compile("(?i)-c|-command");

  /** By base name without a version, so {@code /usr/bin/python3.12} is {@code python}. */
  private static final Map<String, Pattern> INTERPRETERS =
      Map.ofEntries(
          Map.entry("sh", C),
          Map.entry("bash", C),
          Map.entry("ash", C),
          Map.entry("dash", C),
          Map.entry("zsh", C),
          Map.entry("ksh", C),
          Map.entry("mksh", C),
          Map.entry("fish", C),
          Map.entry("su", C),
          Map.entry("python", C),
          Map.entry("pypy", C),
          Map.entry("node", NODE),
          Map.entry("nodejs", NODE),
          Map.entry("bun", NODE),
          Map.entry("perl", E),
          Map.entry("ruby", E),
          Map.entry("lua", E),
          Map.entry("Rscript", E),
          Map.entry("php", R),
          Map.entry("pwsh", POWERSHELL));

  private static final Pattern VERSION = Pattern.compile("[0-9.]*$");

  private InlineCode() {}

  /** The arguments that are code, and the program itself, which decides what is. */
  static Stream<TaggedText> in(List<TaggedText> commandLine) {
    return Stream.concat(
        commandLine.stream().limit(1),
        // also after a wrapper: env, timeout, busybox
        IntStream.range(0, commandLine.size())
            .boxed()
            .flatMap(i -> codeAfter(commandLine, i).stream()));
  }

  private static Optional<TaggedText> codeAfter(List<TaggedText> commandLine, int program) {
    String path = commandLine.get(program).raw();
    String name = VERSION.matcher(path.substring(path.lastIndexOf('/') + 1)).replaceFirst("");
    Pattern flag = INTERPRETERS.get(name);
    if (flag == null) {
      return Optional.empty();
    }
    boolean code = false;
    for (TaggedText argument : commandLine.subList(program + 1, commandLine.size())) {
      String text = argument.raw();
      if (text.startsWith("--") && text.contains("=") && flag.matcher(before(text)).matches()) {
        return Optional.of(argument);
      }
      if (flag.matcher(text).matches()) {
        code = true;
      } else if (code && !text.startsWith("-")) {
        return Optional.of(argument);
      }
    }
    return Optional.empty();
  }

  private static String before(String option) {
    return option.substring(0, option.indexOf('='));
  }
}
