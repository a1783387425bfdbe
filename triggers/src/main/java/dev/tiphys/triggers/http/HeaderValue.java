package dev.tiphys.triggers.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An attribute's value in an HTTP header: percent-encoded UTF-8, which the SDK leaves to its
 * callers.
 *
 * @see <a
 *     href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md#3132-http-header-values">HTTP
 *     Protocol Binding 1.0.2, section 3.1.3.2</a>
 */
public final class HeaderValue {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** RFC 9110, section 5.6.4. */
  private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  private static final Pattern QUOTED_PAIR = Pattern.compile("\\\\(.)");

  private HeaderValue() {}

  /**
   * Encodes a value.
   *
   * @throws IllegalArgumentException for half a surrogate pair, which has no UTF-8
   */
  public static String encode(String value) {
    if (plain(value)) {
      return value;
    }
    StringBuilder encoded = new StringBuilder(value.length() + 16);
    ByteBuffer bytes = utf8(value);
    while (bytes.hasRemaining()) {
      byte b = bytes.get();
      if (plain(b)) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HEX.toHexDigits(b));
      }
    }
    return encoded.toString();
  }

  private static boolean plain(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (!plain(value.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean plain(int character) {
    return character > ' ' && character < 0x7F && character != '"' && character != '%';
  }

  private static ByteBuffer utf8(String value) {
    try {
      return UTF_8.newEncoder().encode(CharBuffer.wrap(value));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("half a surrogate pair cannot be sent", e);
    }
  }

  /**
   * Decodes a header. A percent sign without two digits stays as it is, since not every sender
   * encodes it; so do bytes beyond ASCII, as senders of UTF-8 write them that do not encode at all.
   *
   * @param header a character for each byte, as servers read headers
   * @throws CharacterCodingException if the bytes are not UTF-8
   */
  static String decode(String header) throws CharacterCodingException {
    if (plain(header)) {
      return header;
    }
    String value = unquoted(header);
    byte[] raw = value.getBytes(value.chars().allMatch(c -> c <= 0xFF) ? ISO_8859_1 : UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (encodedAt(raw, i)) {
        decoded.write(HexFormat.fromHexDigit(raw[i + 1]) << 4 | HexFormat.fromHexDigit(raw[i + 2]));
        i += 2;
      } else {
        decoded.write(raw[i]);
      }
    }
    return UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded.toByteArray())).toString();
  }

  /** Earlier versions of the specification quoted values with blanks. */
  private static String unquoted(String header) {
    Matcher quoted = QUOTED.matcher(header);
    return quoted.matches() ? QUOTED_PAIR.matcher(quoted.group(1)).replaceAll("$1") : header;
  }

  private static boolean encodedAt(byte[] raw, int i) {
    return raw[i] == '%'
        && i + 2 < raw.length
        && HexFormat.isHexDigit(raw[i + 1])
        && HexFormat.isHexDigit(raw[i + 2]);
  }
}
