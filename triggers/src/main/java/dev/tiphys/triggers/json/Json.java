package dev.tiphys.triggers.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Reads and writes JSON, the same way everywhere: map entries sorted, absent values left out, times
 * in ISO-8601, unknown properties refused.
 */
public final class Json {
  /** A number is as long as any other value: it is kept as its text, and never calculated with. */
  private static final int MAX_NUMBER_CHARACTERS = 16 << 20;

  private static final JsonMapper MAPPER =
      mapper(List.class, Map.class, Set.class, SortedMap.class);
  private static final JsonFactory UNTRUSTED =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNumberLength(MAX_NUMBER_CHARACTERS).build())
          .build();

  private Json() {}

  /** An empty container is left out, and read back as empty; an empty text is a value and stays. */
  private static JsonMapper mapper(Class<?>... containers) {
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .addModule(Times.module())
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .defaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL));
    for (Class<?> container : containers) {
      builder.withConfigOverride(
          container,
          type ->
              type.setIncludeAsProperty(
                      JsonInclude.Value.construct(
                          JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_NULL))
                  .setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)));
    }
    return builder.build();
  }

  /** The shared mapper; thread-safe, not to be reconfigured. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** One line of JSON. */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same in ASCII alone: characters beyond it are escaped. */
  public static String ascii(Object value) {
    try {
      return MAPPER.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Indented JSON, for people. */
  public static String pretty(Object value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads what {@link #write} wrote; input that is not ours is a bug, so it throws. */
  public static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads untrusted bytes; a number in them is a {@link NumberText}. Nests at most 1,000 levels.
   *
   * @return a missing node where there are none
   * @throws IOException if they are not one JSON value
   */
  public static JsonNode parse(byte[] json) throws IOException {
    try (JsonParser parser = UNTRUSTED.createParser(json)) {
      if (parser.nextToken() == null) {
        return MissingNode.getInstance();
      }
      JsonNode value = JsonTree.read(parser);
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "something comes after the value");
      }
      return value;
    }
  }

  /** The value that a parser of JSON or YAML stands at, its numbers likewise. */
  public static JsonNode tree(JsonParser parser) throws IOException {
    return JsonTree.read(parser);
  }
}
