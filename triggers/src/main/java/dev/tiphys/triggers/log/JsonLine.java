package dev.tiphys.triggers.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.slf4j.MDC;

/**
 * A record as one line of JSON: {@code time}, {@code level}, {@code logger}, {@code message}, what
 * the thread's context holds, and {@code error} with the stack trace, if there is one.
 */
final class JsonLine extends Formatter {
  private static final JsonFactory JSON = new JsonFactory();

  @Override
  public String format(LogRecord record) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("time", record.getInstant().toString());
      json.writeStringField("level", Logs.level(record.getLevel()));
      json.writeStringField("logger", record.getLoggerName());
      json.writeStringField("message", formatMessage(record));
      writeContext(json);
      if (record.getThrown() != null) {
        json.writeStringField("error", stackTrace(record.getThrown()));
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter takes everything", e);
    }
    return line.append('\n').toString();
  }

  private static void writeContext(JsonGenerator json) throws IOException {
    Map<String, String> context = MDC.getCopyOfContextMap();
    if (context != null) {
      for (Map.Entry<String, String> entry : context.entrySet()) {
        json.writeStringField(entry.getKey(), entry.getValue());
      }
    }
  }

  static String stackTrace(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }
}
