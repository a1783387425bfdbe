package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.source.Yaml;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts that take no values: names, filters, settings. They are fixed when the workflow is
 * compiled, and a reference in one is refused instead of being taken for text.
 */
final class PlainText {
  /** Argo's references and expressions, and what looks like one. {@code {{.Names}}} does not. */
  private static final Pattern REFERENCE =
      Pattern.compile(
          "\\{\\{\\s*(?:="
              + "|(?:inputs|outputs|workflow|steps|tasks|item|pod|node|retries|lastRetry"
              + "|cronworkflow)\\b"
              + "|[A-Za-z][\\w-]*(?:\\.[\\w-]+|\\[[^\\]{}]*\\])*\\s*\\}\\})");

  private PlainText() {}

  static boolean hasReference(String text) {
    return REFERENCE.matcher(text).find();
  }

  /**
   * Reports a reference, if there is one.
   *
   * @param what how messages call the text: {@code `selector`}
   */
  static boolean refusesReference(Yaml.Scalar scalar, String what, Diagnostics found) {
    Matcher reference = REFERENCE.matcher(scalar.text());
    if (!reference.find()) {
      return false;
    }
    found.report(
        Code.UNSUPPORTED_VARIABLE,
        scalar.layout().at(reference.start()),
        "a reference in " + what + " is not supported: it is fixed when the workflow is compiled",
        "write the text itself; values are put into `command`, `args`, `env`, `source`, arguments"
            + " and `when` alone");
    return true;
  }
}
