package dev.tiphys.triggers.event;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header {@code Content-Type}. */
public record ContentType(String header) {
  private static final Pattern CHARSET =
      Pattern.compile(
          ";\\s*charset\\s*=\\s*(?:\"([^\"]*)\"|([^;\\s\"]*))", Pattern.CASE_INSENSITIVE);

  /** What an event in structured mode can be written in. */
  private static final List<Charset> CHARSETS =
      List.of(
          StandardCharsets.UTF_8,
          StandardCharsets.UTF_16,
          StandardCharsets.UTF_16BE,
          StandardCharsets.UTF_16LE,
          StandardCharsets.ISO_8859_1,
          StandardCharsets.US_ASCII);

  /** Without its parameters, in lower case. */
  public String mediaType() {
    int parameters = header.indexOf(';');
    return (parameters < 0 ? header : header.substring(0, parameters))
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  /** Whether it is JSON, which is what is meant where there is none. */
  public boolean json() {
    String type = mediaType();
    return type.isEmpty() || type.endsWith("/json") || type.endsWith("+json");
  }

  /** UTF-8 where none is named; empty for one that is not supported. */
  public Optional<Charset> charset() {
    Matcher named = CHARSET.matcher(header);
    if (header.indexOf(';') < 0 || !named.find()) {
      return Optional.of(StandardCharsets.UTF_8);
    }
    String name = named.group(1) == null ? named.group(2) : named.group(1);
    return CHARSETS.stream()
        .filter(
            charset ->
                charset.name().equalsIgnoreCase(name)
                    || charset.aliases().stream().anyMatch(name::equalsIgnoreCase))
        .findFirst();
  }
}
