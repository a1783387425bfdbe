package dev.tiphys.cli.run;

import dev.tiphys.cli.run.view.RunsView;
import dev.tiphys.functions.port.Instance;
import java.time.Duration;

/** Where the user watches runs. */
public interface Progress extends AutoCloseable {
  /** How often it wants to be told of them. */
  Duration period();

  /** A line of text above all else. */
  void say(String line);

  /** An instance has changed. Called from many threads. */
  void changed(Instance instance);

  /** The runs as they are now. */
  void show(RunsView view);

  @Override
  void close();
}
