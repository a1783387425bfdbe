package dev.tiphys.triggers.log;

import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** A record as a line for people; a stack trace follows on lines of its own. */
final class TextLine extends Formatter {
  @Override
  public String format(LogRecord record) {
    String line =
        "%s %-5s %s %s%n"
            .formatted(
                record.getInstant(),
                Logs.level(record.getLevel()),
                record.getLoggerName(),
                formatMessage(record));
    return record.getThrown() == null ? line : line + JsonLine.stackTrace(record.getThrown());
  }
}
