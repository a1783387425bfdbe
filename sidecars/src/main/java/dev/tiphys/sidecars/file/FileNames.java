package dev.tiphys.sidecars.file;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Names of files as UTF-8, whatever the JVM's locale is: in an image without locales Java takes
 * names as ASCII. URIs of paths have the name's bytes, so it goes by these where the text will not
 * do.
 */
final class FileNames {
  private static final boolean UTF_8 = "UTF-8".equals(System.getProperty("sun.jnu.encoding"));
  private static final char REPLACEMENT = '\uFFFD';

  private FileNames() {}

  /** The path of an absolute name. */
  static Path path(String absolute) {
    return UTF_8 || ascii(absolute) ? Path.of(absolute) : Path.of(uri(absolute));
  }

  /** The path of a name below a folder. */
  static Path resolve(Path folder, String name) {
    return UTF_8 || ascii(name) ? folder.resolve(name) : folder.resolve(relative(name));
  }

  /** The path of a relative name. */
  static Path relative(String name) {
    return Path.of("/").relativize(path("/" + name));
  }

  /** The last name of a path; empty if it is no UTF-8. */
  static Optional<String> last(Path path) {
    String text = path.getFileName().toString();
    if (text.indexOf(REPLACEMENT) < 0) {
      return Optional.of(text);
    }
    // a folder's has a slash at its end
    String raw = path.toUri().getRawPath().replaceAll("/$", "");
    return decode(percentDecoded(raw.substring(raw.lastIndexOf('/') + 1)));
  }

  /** The text of bytes; empty if they are no UTF-8. */
  static Optional<String> decode(ByteBuffer bytes) {
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static boolean ascii(String text) {
    return text.chars().allMatch(sign -> sign < 128);
  }

  private static URI uri(String absolute) {
    String encoded =
        URLEncoder.encode(absolute, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
    return URI.create("file://" + encoded);
  }

  private static ByteBuffer percentDecoded(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '%') {
        bytes.put((byte) Integer.parseInt(text, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.put((byte) text.charAt(i));
      }
    }
    return bytes.flip();
  }
}
