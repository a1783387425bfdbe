package dev.tiphys.sidecars.stdout;

import static dev.tiphys.sidecars.publish.Fixtures.await;
import static dev.tiphys.sidecars.publish.Fixtures.contract;
import static dev.tiphys.sidecars.publish.Fixtures.surroundings;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.publish.FakeSink;
import dev.tiphys.sidecars.publish.Publisher;
import dev.tiphys.sidecars.publish.Publisher.Ending;
import dev.tiphys.triggers.plan.EventSidecar.Format;
import dev.tiphys.triggers.plan.EventSidecar.Lines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StdoutWatcherTest {
  private static final int MAX_LINE = 16;
  private final FakeSink sink = FakeSink.healthy();
  private final Publisher publisher = Publisher.start(contract(), "stdout", sink, surroundings());
  private final StdoutWatcher watcher =
      new StdoutWatcher(publisher, new Lines(null, Format.LINE, MAX_LINE));

  @Test
  void everyLineIsAnEventWithItsTextItsOutputAndItsNumber() {
    // When
    watcher.start(Map.of("stdout", bytes("heads\n\nsay \"hi\"")));
    await(publisher.done());
    // Then
    assertThat(data())
        .containsExactly(
            "{\"content\":\"heads\",\"stream\":\"stdout\",\"line\":1}",
            "{\"content\":\"\",\"stream\":\"stdout\",\"line\":2}",
            "{\"content\":\"say \\\"hi\\\"\",\"stream\":\"stdout\",\"line\":3}");
  }

  @Test
  void aCutLineIsFlagged() {
    // When
    watcher.start(Map.of("stdout", bytes("0123456789abcdefg\n")));
    await(publisher.done());
    // Then
    assertThat(data())
        .containsExactly(
            "{\"content\":\"0123456789abcdef\",\"stream\":\"stdout\",\"line\":1,\"truncated\":true}");
  }

  @Test
  void bothOutputsMakeOneStreamThatEndsAfterTheLastOfThem() {
    // When
    watcher.start(Map.of("stdout", bytes("a\nb\n"), "stderr", bytes("c\n")));
    Ending ending = await(publisher.done());
    // Then
    assertThat(ending).isEqualTo(new Ending(3, 0, 0));
    assertThat(data())
        .containsExactlyInAnyOrder(
            "{\"content\":\"a\",\"stream\":\"stdout\",\"line\":1}",
            "{\"content\":\"b\",\"stream\":\"stdout\",\"line\":2}",
            "{\"content\":\"c\",\"stream\":\"stderr\",\"line\":1}");
  }

  @Test
  void anOutputThatBreaksEndsTheStreamAfterWhatWasRead() throws IOException {
    // Given
    InputStream closed = InputStream.nullInputStream();
    closed.close();
    InputStream broken = new SequenceInputStream(bytes("a\n"), closed);
    // When
    watcher.start(Map.of("stdout", broken));
    // Then
    assertThat(await(publisher.done()).published()).isEqualTo(1);
  }

  private List<String> data() {
    return sink.events().stream()
        .map(event -> new String(Objects.requireNonNull(event.getData()).toBytes(), UTF_8))
        .toList();
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
