package dev.tiphys.triggers.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number by the text that it was written as: {@code 1.10} is not {@code 1.1}, and {@code 1E400}
 * is no infinity. Whoever wants to calculate takes the text.
 */
public final class NumberText extends ValueNode {
  private static final long serialVersionUID = 1L;
  private static final Pattern JSON =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private static final Pattern SMALL = Pattern.compile("-?[0-9]{1,18}");

  private final String text;

  private NumberText(String text) {
    this.text = text;
  }

  /**
   * The number.
   *
   * @throws IllegalArgumentException if JSON does not write numbers so
   */
  public static NumberText of(String text) {
    if (!isNumber(text)) {
      throw new IllegalArgumentException("not a number of JSON: " + text);
    }
    return new NumberText(text);
  }

  /** Whether JSON writes numbers so. */
  public static boolean isNumber(String text) {
    return JSON.matcher(text).matches();
  }

  @Override
  public String asText() {
    return text;
  }

  @Override
  public JsonNodeType getNodeType() {
    return JsonNodeType.NUMBER;
  }

  @Override
  public JsonToken asToken() {
    return JsonToken.VALUE_NUMBER_FLOAT;
  }

  @Override
  public JsonParser.NumberType numberType() {
    return JsonParser.NumberType.BIG_DECIMAL;
  }

  /** Rounded towards zero; the nearest there is of what is too large. */
  @Override
  public long longValue() {
    return SMALL.matcher(text).matches() ? Long.parseLong(text) : (long) doubleValue();
  }

  @Override
  public int intValue() {
    return (int) longValue();
  }

  @Override
  public double doubleValue() {
    return Double.parseDouble(text);
  }

  @Override
  public BigDecimal decimalValue() {
    return new BigDecimal(text);
  }

  @Override
  public Number numberValue() {
    return decimalValue();
  }

  @Override
  public boolean isIntegralNumber() {
    return SMALL.matcher(text).matches();
  }

  @Override
  public boolean canConvertToExactIntegral() {
    return isIntegralNumber();
  }

  @Override
  public boolean canConvertToLong() {
    return isIntegralNumber();
  }

  @Override
  public boolean canConvertToInt() {
    return isIntegralNumber() && longValue() == intValue();
  }

  @Override
  public long asLong(long otherwise) {
    return longValue();
  }

  @Override
  public int asInt(int otherwise) {
    return intValue();
  }

  @Override
  public double asDouble(double otherwise) {
    return doubleValue();
  }

  @Override
  public void serialize(JsonGenerator generator, SerializerProvider provider) throws IOException {
    generator.writeNumber(text);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NumberText number && number.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
