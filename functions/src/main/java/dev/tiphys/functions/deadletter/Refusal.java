package dev.tiphys.functions.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.json.Json;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why an event was given up on.
 *
 * @param status of the last answer, as HTTP has it; 0 where nobody says
 * @param reason the answer's text; may be empty
 * @param destination who did not take it: a URL of a function, or {@link #BROKER}
 */
public record Refusal(int status, String reason, String destination) {
  /** The destination of what was refused to its sender at once. */
  public static final String BROKER = "broker";

  /** Characters of the answer and of the destination that are kept; Knative's own limit. */
  private static final int LENGTH_MAX = 1_024;

  private static final String CODE = "knativeerrorcode";
  private static final String ANSWER = "knativeerrordata";
  private static final String DESTINATION = "knativeerrordest";
  private static final Pattern STATUS = Pattern.compile("[1-5]\\d\\d");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{4,}={0,2}");

  /** What a problem document says; it may be cut off behind that. */
  private static final Pattern DETAIL =
      Pattern.compile("\"detail\"\\s*:\\s*(\"(?:[^\"\\\\]|\\\\.)*+\"?)");

  public Refusal {
    reason = cut(reason);
    destination = cut(destination);
  }

  /** What a broker has written into a dead letter. Anybody can have posted that. */
  public static Refusal of(CloudEvent letter) {
    String code = value(letter, CODE);
    return new Refusal(
        STATUS.matcher(code).matches() ? Integer.parseInt(code) : 0,
        detail(decoded(value(letter, ANSWER))),
        value(letter, DESTINATION));
  }

  private static String value(CloudEvent event, String attribute) {
    String value = Attributes.value(event, attribute);
    return value == null ? "" : value;
  }

  /** Knative writes an answer in base64, cut at any place; ours is a text. */
  private static String decoded(String answer) {
    if (!BASE64.matcher(answer).matches()) {
      return answer;
    }
    byte[] bytes =
        Base64.getDecoder().decode(answer.substring(0, answer.length() - answer.length() % 4));
    return text(bytes).or(() -> textCutOff(bytes)).orElse(answer);
  }

  /** The last character of a problem document may have lost some of its bytes. */
  private static Optional<String> textCutOff(byte[] bytes) {
    for (int end = bytes.length - 1; end > 0 && end >= bytes.length - 3; end--) {
      Optional<String> text = text(Arrays.copyOf(bytes, end));
      if (text.filter(it -> it.startsWith("{")).isPresent()) {
        return text;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      boolean printed =
          text.chars().allMatch(c -> !Character.isISOControl(c) || Character.isWhitespace(c));
      return Optional.of(text).filter(it -> printed);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static String detail(String answer) {
    Matcher matcher = DETAIL.matcher(answer);
    if (!answer.startsWith("{") || !matcher.find()) {
      return answer.strip();
    }
    String quoted = matcher.group(1);
    try {
      JsonNode text =
          Json.parse(
              (quoted.length() > 1 && quoted.endsWith("\"") ? quoted : quoted + "\"")
                  .getBytes(StandardCharsets.UTF_8));
      return text.asText();
    } catch (IOException e) {
      return answer.strip();
    }
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= LENGTH_MAX
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LENGTH_MAX));
  }
}
