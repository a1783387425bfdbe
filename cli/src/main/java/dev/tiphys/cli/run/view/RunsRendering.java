package dev.tiphys.cli.run.view;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/**
 * The live tree: runs as lines for a terminal of a given size. Where not all fit, those that have
 * ended are counted, and the others share the room.
 */
public final class RunsRendering {
  private static final AttributedStyle FAINT = AttributedStyle.DEFAULT.faint();
  private static final AttributedStyle WARNING =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);

  private RunsRendering() {}

  /**
   * The runs as lines, with the warnings below them.
   *
   * @param width columns; longer lines are cut
   * @param height lines for the runs and the warnings
   */
  public static List<AttributedString> of(RunsView view, int width, int height) {
    List<AttributedString> lines =
        new ArrayList<>(runs(view.runs(), Math.max(1, height - view.warnings().size())));
    view.warnings().forEach(text -> lines.add(new AttributedString("! " + text, WARNING)));
    return lines.stream().map(line -> line.columnSubSequence(0, width)).toList();
  }

  private static List<AttributedString> runs(List<RunView> runs, int room) {
    List<RunView> ended = runs.stream().filter(run -> run.phase().complete()).toList();
    boolean fits = runs.stream().mapToLong(TreeRendering::size).sum() <= room;
    if (fits || ended.isEmpty() || ended.size() == runs.size()) {
      return shared(runs, room);
    }
    List<AttributedString> lines = new ArrayList<>();
    lines.add(
        new AttributedString(
            "… %,d ended: %s".formatted(ended.size(), RunsView.phases(ended)), FAINT));
    lines.addAll(
        shared(
            runs.stream().filter(run -> !run.phase().complete()).toList(), Math.max(1, room - 1)));
    return lines;
  }

  /** What one does not need is for those after it. */
  private static List<AttributedString> shared(List<RunView> runs, int room) {
    boolean all = runs.size() <= room;
    int shown = all ? runs.size() : room - 1;
    int height = all ? room : room - 1;
    List<AttributedString> lines = new ArrayList<>();
    for (int i = 0; i < shown; i++) {
      lines.addAll(TreeRendering.of(runs.get(i), (height - lines.size()) / (shown - i)));
    }
    if (!all) {
      lines.add(new AttributedString("… %,d more runs".formatted(runs.size() - shown), FAINT));
    }
    return lines;
  }
}
