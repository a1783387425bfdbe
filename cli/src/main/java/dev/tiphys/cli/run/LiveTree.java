package dev.tiphys.cli.run;

import dev.tiphys.cli.run.view.RunsRendering;
import dev.tiphys.cli.run.view.RunsView;
import dev.tiphys.functions.port.Instance;
import java.io.Console;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;

/** The trees of runs, drawn in place on a terminal; its last state stays there. */
public final class LiveTree implements Progress {
  private static final Duration PERIOD = Duration.ofMillis(100);

  private static final int MIN_COLUMNS = 20;
  private static final int MIN_ROWS = 5;

  private final Terminal terminal;
  private final Display display;
  private Size size = new Size();
  private List<AttributedString> drawn = List.of();

  private LiveTree(Terminal terminal) {
    this.terminal = terminal;
    this.display = new Display(terminal, false);
    fit();
  }

  /** Empty where standard output is no terminal that can be drawn on. */
  public static Optional<Progress> open(Map<String, String> environment) {
    boolean terminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    if (!terminal || environment.getOrDefault("TERM", "dumb").equals("dumb")) {
      return Optional.empty();
    }
    try {
      // signals are the command's: the terminal would take them from the JVM
      return Optional.of(
          new LiveTree(
              TerminalBuilder.builder().system(true).dumb(false).nativeSignals(false).build()));
    } catch (IOException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  @Override
  public Duration period() {
    return PERIOD;
  }

  @Override
  public synchronized void say(String line) {
    List<AttributedString> tree = drawn;
    draw(List.of());
    terminal.writer().println(line);
    draw(tree);
  }

  @Override
  public void changed(Instance instance) {
    // the next drawing shows it
  }

  @Override
  public synchronized void show(RunsView view) {
    fit();
    draw(RunsRendering.of(view, size.getColumns(), size.getRows() - 1));
  }

  @Override
  public synchronized void close() {
    if (!drawn.isEmpty()) {
      terminal.writer().println();
    }
    terminal.flush();
    try {
      terminal.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void fit() {
    Size now = terminal.getSize();
    if (!now.equals(size)) {
      // a pseudo-terminal that nobody has sized says 0
      size = new Size(Math.max(MIN_COLUMNS, now.getColumns()), Math.max(MIN_ROWS, now.getRows()));
      display.resize(size.getRows(), size.getColumns());
    }
  }

  private void draw(List<AttributedString> lines) {
    int cursor =
        lines.isEmpty() ? 0 : size.cursorPos(lines.size() - 1, lines.getLast().columnLength());
    display.update(lines, cursor);
    drawn = lines;
  }
}
