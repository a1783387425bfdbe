package dev.tiphys.sidecars.stdout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  private static final int MAX = 8;

  @Test
  void takesLfAndCrlfForLineEndsAndKeepsEmptyLines() {
    assertThat(contents("a\nb\r\n\n\r\nc\rd\n")).containsExactly("a", "b", "", "", "c\rd");
  }

  @Test
  void theLastLineNeedsNoLineEnd() {
    assertThat(contents("a\nb")).containsExactly("a", "b");
  }

  @Test
  void noOutputIsNoLine() {
    assertThat(contents("")).isEmpty();
  }

  @Test
  void replacesBytesThatAreNotUtf8() {
    assertThat(lines(new byte[] {'a', (byte) 0xFF, 'b', '\n', (byte) 0xC3}))
        .containsExactly(new Line("a\uFFFDb", false), new Line("\uFFFD", false));
  }

  @Test
  void cutsALongLineAtTheBoundAndSaysSo() {
    assertThat(lines("123456789\nnext\n".getBytes(UTF_8)))
        .containsExactly(new Line("12345678", true), new Line("next", false));
  }

  @Test
  void aLineOfJustTheBoundIsWholeWhateverItsLineEnd() {
    assertThat(lines("12345678\r\n12345678\n12345678".getBytes(UTF_8)))
        .containsOnly(new Line("12345678", false))
        .hasSize(3);
  }

  @Test
  void doesNotCutWithinACharacter() {
    assertThat(lines("1234567é\n123456€\n12345😀\n1234😀5\n".getBytes(UTF_8)))
        .containsExactly(
            new Line("1234567", true),
            new Line("123456", true),
            new Line("12345", true),
            new Line("1234😀", true));
  }

  @Property
  void aBrokenPipeIntoAnyPiecesGivesTheSameLines(
      @ForAll
          @StringLength(max = 40)
          @CharRange(from = '\n', to = '\r')
          @CharRange(from = 'a', to = 'c')
          String text,
      @ForAll @IntRange(min = 1, max = 5) int piece)
      throws IOException {
    // Given
    InputStream pieces = inPieces(text.getBytes(UTF_8), piece);
    // When
    List<Line> lines = read(new LineReader(pieces, 100));
    // Then
    List<String> expected = new ArrayList<>(List.of(text.split("\r?\n", -1)));
    if (expected.getLast().isEmpty()) {
      expected.removeLast();
    }
    assertThat(lines).extracting(Line::content).isEqualTo(expected);
  }

  @Property
  void anyBytesWhateverGiveAsManyLinesAsLineEnds(@ForAll byte[] bytes) {
    // When
    List<Line> lines = lines(bytes);
    // Then
    int ends = 0;
    for (byte b : bytes) {
      ends += b == '\n' ? 1 : 0;
    }
    boolean rest = bytes.length > 0 && bytes[bytes.length - 1] != '\n';
    assertThat(lines).hasSize(ends + (rest ? 1 : 0));
    assertThat(lines).allSatisfy(line -> assertThat(line.content()).hasSizeLessThanOrEqualTo(MAX));
  }

  private static List<String> contents(String text) {
    return lines(text.getBytes(UTF_8)).stream().map(Line::content).toList();
  }

  private static List<Line> lines(byte[] bytes) {
    try {
      return read(new LineReader(new ByteArrayInputStream(bytes), MAX));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Line> read(LineReader reader) throws IOException {
    List<Line> lines = new ArrayList<>();
    for (Optional<Line> line = reader.next(); line.isPresent(); line = reader.next()) {
      lines.add(line.get());
    }
    return lines;
  }

  /** As a pipe gives them: never more than so many bytes at a time. */
  private static InputStream inPieces(byte[] bytes, int piece) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, piece));
      }
    };
  }
}
