package dev.tiphys.sidecars.proxy;

import dev.tiphys.sidecars.proxy.ExchangeData.Message;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.SortedMap;

/** Counts the bytes of a body on their way, and copies no more of them than is wanted. */
final class BodyCopy {
  private final ByteArrayOutputStream copy = new ByteArrayOutputStream(0);
  private final boolean wanted;
  private final int limit;
  private long size;

  /**
   * @param wanted whether a body is told at all
   * @param limit bytes of it that are
   */
  BodyCopy(boolean wanted, int limit) {
    this.wanted = wanted;
    this.limit = wanted ? limit : 0;
  }

  /** Some of the body passes; the buffer stays as it is. */
  synchronized void add(ByteBuffer bytes) {
    byte[] kept = new byte[Math.min(bytes.remaining(), limit - copy.size())];
    bytes.slice().get(kept);
    copy.writeBytes(kept);
    size += bytes.remaining();
  }

  /** Bytes pass of which none is copied. */
  synchronized void add(int bytes) {
    size += bytes;
  }

  synchronized Message message(SortedMap<String, String> headers) {
    boolean truncated = wanted && size > copy.size();
    if (!wanted || size == 0) {
      return new Message(size, headers, null, false, false);
    }
    byte[] bytes = copy.toByteArray();
    return text(bytes, truncated)
        .map(text -> new Message(size, headers, text, false, truncated))
        .orElseGet(
            () ->
                new Message(
                    size, headers, Base64.getEncoder().encodeToString(bytes), true, truncated));
  }

  /**
   * Empty for bytes that are not printable UTF-8.
   *
   * @param cut whether the last character may be half there, which is then left out
   */
  private static Optional<String> text(byte[] bytes, boolean cut) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer text = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, !cut);
    text.flip();
    boolean printable =
        text.chars().noneMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c));
    return result.isUnderflow() && printable ? Optional.of(text.toString()) : Optional.empty();
  }
}
