package dev.tiphys.cli.run.view;

import dev.tiphys.functions.run.CountsText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** A run as a tree, in lines. */
public final class TreeRendering {
  private static final AttributedStyle FAINT = AttributedStyle.DEFAULT.faint();
  private static final int WAITS_LIMIT = 200;

  private TreeRendering() {}

  /**
   * The run as lines, of any width.
   *
   * @param height lines at most; what does not fit is left out and counted
   */
  public static List<AttributedString> of(RunView view, int height) {
    List<AttributedString> lines = whole(view, height);
    return lines.subList(0, Math.min(lines.size(), height));
  }

  /** Lines that the run takes where there is room. */
  static long size(RunView view) {
    return 1L + view.steps().size() + foot(view).size();
  }

  private static List<AttributedString> whole(RunView view, int height) {
    List<AttributedString> foot = foot(view);
    List<AttributedString> lines = new ArrayList<>();
    lines.add(title(view));
    int room = Math.max(1, height - 1 - foot.size());
    int shown = view.steps().size() <= room ? view.steps().size() : room - 1;
    int nameWidth =
        view.steps().stream().mapToInt(s -> 2 * s.depth() + s.name().length()).max().orElse(0);
    boolean[] open = new boolean[view.steps().size() + 1];
    for (RunView.StepView step : view.steps().subList(0, shown)) {
      lines.add(step(step, nameWidth, open));
    }
    if (shown < view.steps().size()) {
      lines.add(new AttributedString("  … %d more".formatted(view.steps().size() - shown), FAINT));
    }
    lines.addAll(foot);
    return lines;
  }

  private static AttributedString title(RunView view) {
    return new AttributedStringBuilder()
        .append(view.run(), AttributedStyle.BOLD)
        .append("  ")
        .append(PhaseText.of(view.phase()), PhaseText.style(view.phase()))
        .append("  " + DurationText.of(view.elapsed()), FAINT)
        .toAttributedString();
  }

  /**
   * One step.
   *
   * @param open by depth, whether the step there has a further sibling below
   */
  private static AttributedString step(RunView.StepView step, int nameWidth, boolean[] open) {
    AttributedStringBuilder line = new AttributedStringBuilder();
    for (int depth = 1; depth < step.depth(); depth++) {
      line.append(open[depth] ? "│ " : "  ", FAINT);
    }
    if (step.depth() > 0) {
      line.append(step.last() ? "└ " : "├ ", FAINT);
      open[step.depth()] = !step.last();
    }
    line.append(PhaseText.symbol(step.phase()) + " ", PhaseText.style(step.phase()));
    line.append(step.name());
    String counts = CountsText.of(step.counts());
    if (!counts.isEmpty()) {
      line.append(" ".repeat(nameWidth - 2 * step.depth() - step.name().length() + 2));
      line.append(counts);
    }
    if (!step.waits().isEmpty()) {
      line.append("  " + Escaped.text(step.waits(), WAITS_LIMIT), FAINT);
    }
    return line.toAttributedString();
  }

  private static List<AttributedString> foot(RunView view) {
    List<AttributedString> lines = new ArrayList<>();
    if (!view.events().isEmpty()) {
      lines.add(
          new AttributedStringBuilder()
              .append("events  ", FAINT)
              .append(
                  view.events().stream()
                      .map(TreeRendering::count)
                      .collect(Collectors.joining(" · ")))
              .toAttributedString());
    }
    // while it goes on, each step says by itself for what it waits
    if (!view.message().isEmpty() && view.phase().complete()) {
      lines.add(
          new AttributedString(Escaped.message(view.message()), PhaseText.style(view.phase())));
    }
    return lines;
  }

  private static String count(EventCount count) {
    String total = "%s %,d".formatted(Escaped.text(count.type(), 60), count.total());
    return count.perSecond() == 0 ? total : total + " (%,d/s)".formatted(count.perSecond());
  }
}
