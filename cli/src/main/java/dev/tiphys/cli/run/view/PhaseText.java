package dev.tiphys.cli.run.view;

import dev.tiphys.functions.run.Phase;
import org.jline.utils.AttributedStyle;

/** Phases for people, in Argo's words. */
public final class PhaseText {
  private PhaseText() {}

  /** {@code Running}, {@code Succeeded}. */
  public static String of(Phase phase) {
    return phase.title();
  }

  static String symbol(Phase phase) {
    return switch (phase) {
      case PENDING -> "◷";
      case RUNNING, ENDING -> "●";
      case SUCCEEDED -> "✔";
      case FAILED -> "✖";
      case ERROR -> "⚠";
      case STOPPED -> "■";
      case SKIPPED -> "○";
    };
  }

  static AttributedStyle style(Phase phase) {
    return switch (phase) {
      case PENDING, RUNNING, ENDING -> AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
      case SUCCEEDED -> AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
      case FAILED, ERROR -> AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);
      case STOPPED -> AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);
      case SKIPPED -> AttributedStyle.DEFAULT.faint();
    };
  }
}
