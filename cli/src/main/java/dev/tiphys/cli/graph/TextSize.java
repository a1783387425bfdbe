package dev.tiphys.cli.graph;

/**
 * How much room text takes. Whoever shows the picture chooses the font, so this is an upper
 * estimate for common sans-serif fonts.
 */
final class TextSize {
  static final double FONT = 13;
  static final double SMALL_FONT = 11;
  static final double LINE = 17;

  private static final double BASELINE = 4.5;
  private static final double NARROW = 0.36;
  private static final double NORMAL = 0.58;
  private static final double WIDE = 0.86;
  private static final double IDEOGRAPH = 1.05;
  private static final int FIRST_IDEOGRAPH = 0x1100;

  private TextSize() {}

  static double width(String text, double font) {
    return text.codePoints().mapToDouble(TextSize::em).sum() * font;
  }

  /** Where a line of text stands whose middle is at that height. */
  static double baseline(double middle) {
    return middle + BASELINE;
  }

  private static double em(int c) {
    if (c >= FIRST_IDEOGRAPH) {
      return IDEOGRAPH;
    }
    if ("iljtfrI.,:;'|!()[] -".indexOf(c) >= 0) {
      return NARROW;
    }
    return "mwMW@%&".indexOf(c) >= 0 || Character.isUpperCase(c) ? WIDE : NORMAL;
  }
}
