package dev.tiphys.triggers.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * An attribute's value in an HTTP header: percent-encoded UTF-8, as section 3.1.3.2 of the
 * CloudEvents HTTP binding demands and the SDK leaves to its callers.
 */
final class HeaderValue {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private HeaderValue() {}

  static String encode(String value) {
    StringBuilder encoded = new StringBuilder(value.length());
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      if (b > ' ' && b < 0x7F && b != '"' && b != '%') {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HEX.toHexDigits(b));
      }
    }
    return encoded.toString();
  }

  /** What is no percent-encoding stays as it is: not every sender knows of it. */
  static String decode(String header) {
    if (header.indexOf('%') < 0) {
      return header;
    }
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(header.length());
    for (int i = 0; i < header.length(); i++) {
      if (encodedAt(header, i)) {
        decoded.write(HexFormat.fromHexDigits(header, i + 1, i + 3));
        i += 2;
      } else {
        decoded.writeBytes(header.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
      }
    }
    return decoded.toString(StandardCharsets.UTF_8);
  }

  private static boolean encodedAt(String header, int i) {
    return header.charAt(i) == '%'
        && i + 2 < header.length()
        && HexFormat.isHexDigit(header.charAt(i + 1))
        && HexFormat.isHexDigit(header.charAt(i + 2));
  }
}
