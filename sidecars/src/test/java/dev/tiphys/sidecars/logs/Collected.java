package dev.tiphys.sidecars.logs;

import dev.tiphys.sidecars.stdout.Line;
import java.util.List;

/** Hands lines on to a test, and keeps the gaps between them. */
record Collected(Each each, List<Gap> gaps) implements LineSink {
  @FunctionalInterface
  interface Each {
    void line(Output output, Line line, long number, Place resume);
  }

  @Override
  public void line(Output output, Line line, long number, Place resume) {
    each.line(output, line, number, resume);
  }

  @Override
  public void gap(Gap gap, Place resume) {
    gaps.add(gap);
  }
}
