package dev.tiphys.tests.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A message as a text that people can read and edit: header lines, an empty line, the body. The
 * bytes of a header are its characters, as servers have it.
 *
 * @param headers names as they were written
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record HttpText(Map<String, List<String>> headers, byte[] body) {
  static HttpText read(byte[] text) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    int start = 0;
    while (start < text.length) {
      int end = start;
      while (end < text.length && text[end] != '\n') {
        end++;
      }
      String line = new String(text, start, end - start, ISO_8859_1);
      start = Math.min(end + 1, text.length);
      if (line.isEmpty()) {
        break;
      }
      int colon = line.indexOf(':');
      String name = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1).strip();
      headers.computeIfAbsent(name, it -> new ArrayList<>()).add(value);
    }
    return new HttpText(headers, Arrays.copyOfRange(text, start, text.length));
  }
}
