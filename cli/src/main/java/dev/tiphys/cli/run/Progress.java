package dev.tiphys.cli.run;

import dev.tiphys.cli.run.view.RunView;
import dev.tiphys.functions.port.Instance;
import java.time.Duration;

/** Where the user watches a run. */
public interface Progress extends AutoCloseable {
  /** How often it wants to be told of the run. */
  Duration period();

  /** A line of text above all else. */
  void say(String line);

  /** An instance has changed. Called from many threads. */
  void changed(Instance instance);

  /** The run as it is now. */
  void show(RunView view);

  @Override
  void close();
}
