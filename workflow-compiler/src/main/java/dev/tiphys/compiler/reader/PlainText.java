package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.source.Yaml;

/**
 * Texts that take no values: names, filters, settings. They are fixed when the workflow is
 * compiled, and a reference in one is refused instead of being taken for text.
 */
final class PlainText {
  private PlainText() {}

  static boolean hasReference(String text) {
    return TaggedTextReader.firstReference(text) >= 0;
  }

  /**
   * Reports a reference, if there is one.
   *
   * @param what how messages call the text: {@code `selector`}
   */
  static boolean refusesReference(Yaml.Scalar scalar, String what, Diagnostics found) {
    int open = TaggedTextReader.firstReference(scalar.text());
    if (open < 0) {
      return false;
    }
    found.report(
        Code.UNSUPPORTED_VARIABLE,
        scalar.layout().at(open),
        "a reference in " + what + " is not supported: it is fixed when the workflow is compiled",
        "write the text itself; values are put into `command`, `args`, `env`, `source`, arguments"
            + " and `when` alone");
    return true;
  }
}
