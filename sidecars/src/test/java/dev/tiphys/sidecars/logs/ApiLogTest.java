package dev.tiphys.sidecars.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApiLogTest {
  private final Deque<Optional<InputStream>> answers = new ArrayDeque<>();
  private final List<String> lines = new ArrayList<>();

  @Test
  void skipsWhatItReadBeforeTheConnectionWasCut() throws Exception {
    // Given
    answers.add(Optional.empty());
    answers.add(Optional.of(cut("1\n2\n3")));
    answers.add(Optional.of(text("1\n2\n3 and a half\n")));
    // When
    follow(Place.START);
    // Then
    assertThat(lines).containsExactly("1 1", "2 2", "3 3 and a half");
  }

  @Test
  void aCleanEndInTheMiddleOfALineIsNoLine() throws Exception {
    // Given
    answers.add(Optional.of(text("1\n2")));
    answers.add(Optional.of(text("1\n2 and a half")));
    // When
    follow(Place.START);
    // Then
    assertThat(lines).containsExactly("1 1", "2 2 and a half");
  }

  @Test
  void goesOnAfterTheLinesOfAnEarlierLife() throws Exception {
    // Given
    answers.add(Optional.of(text("1\n2\n3\n")));
    // When
    follow(new Place("", 0, 0, 0, 2, 2));
    // Then
    assertThat(lines).containsExactly("3 3");
  }

  /** The container ends before the last answer. */
  private void follow(Place from) throws InterruptedException {
    List<ApiLog> log = new ArrayList<>();
    ApiLog.LogRequest request =
        () -> {
          Optional<InputStream> answer = answers.isEmpty() ? Optional.empty() : answers.pop();
          if (answers.size() <= 1) {
            log.getFirst().end();
          }
          return answer;
        };
    log.add(new ApiLog(request, 1_000));
    if (answers.size() == 1) {
      log.getFirst().end();
    }
    log.getFirst()
        .follow(
            from,
            new Collected(
                (output, line, number, resume) -> lines.add(number + " " + line.content()),
                new ArrayList<>()));
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static InputStream cut(String text) {
    return new SequenceInputStream(
        text(text),
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
          }
        });
  }
}
