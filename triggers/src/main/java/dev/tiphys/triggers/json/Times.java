package dev.tiphys.triggers.json;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.function.Function;

/** Points in time, and how long something lasts, as ISO-8601 text. */
final class Times {
  private Times() {}

  static SimpleModule module() {
    return new SimpleModule("times")
        .addSerializer(Instant.class, ToStringSerializer.instance)
        .addSerializer(Duration.class, ToStringSerializer.instance)
        .addSerializer(OffsetDateTime.class, ToStringSerializer.instance)
        .addDeserializer(Duration.class, new Parsed<>(Duration.class, Duration::parse))
        .addDeserializer(Instant.class, new Parsed<>(Instant.class, Instant::parse))
        .addDeserializer(
            OffsetDateTime.class, new Parsed<>(OffsetDateTime.class, OffsetDateTime::parse));
  }

  private static final class Parsed<T> extends FromStringDeserializer<T> {
    private static final long serialVersionUID = 1L;

    private final transient Function<String, T> parse;

    Parsed(Class<T> type, Function<String, T> parse) {
      super(type);
      this.parse = parse;
    }

    @Override
    protected T _deserialize(String text, DeserializationContext context) throws IOException {
      try {
        return parse.apply(text);
      } catch (DateTimeParseException e) {
        throw context.weirdStringException(text, handledType(), e.getMessage());
      }
    }
  }
}
