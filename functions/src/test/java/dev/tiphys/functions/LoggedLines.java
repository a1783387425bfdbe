package dev.tiphys.functions;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What is logged under a name, until it is closed. */
public final class LoggedLines extends Handler implements AutoCloseable {
  /** Held: else nobody would be left who has the handler. */
  private final Logger logger;

  private final List<String> all = new CopyOnWriteArrayList<>();

  private LoggedLines(Logger logger) {
    this.logger = logger;
  }

  /** What is logged under that name, and under those that begin with it; empty: all. */
  public static LoggedLines of(String name) {
    LoggedLines lines = new LoggedLines(Logger.getLogger(name));
    lines.logger.addHandler(lines);
    return lines;
  }

  /** The messages so far. */
  public List<String> all() {
    return List.copyOf(all);
  }

  @Override
  public void publish(LogRecord record) {
    all.add(new SimpleFormatter().formatMessage(record));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
