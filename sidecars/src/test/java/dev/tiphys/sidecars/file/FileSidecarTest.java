package dev.tiphys.sidecars.file;

import static dev.tiphys.sidecars.file.FileFixtures.texts;
import static dev.tiphys.sidecars.publish.Fixtures.surroundings;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.sidecars.publish.Conditions;
import dev.tiphys.sidecars.publish.FakeSink;
import dev.tiphys.sidecars.publish.Fixtures;
import dev.tiphys.sidecars.publish.Transport;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.plan.EventSidecar.OnStop;
import dev.tiphys.triggers.plan.FileWatch;
import dev.tiphys.triggers.plan.FileWatch.Change;
import dev.tiphys.triggers.plan.FileWatch.Content;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With real files and, where the test does not poll, the kernel's notifications. */
class FileSidecarTest {
  private static final Set<Change> ALL = EnumSet.allOf(Change.class);

  @TempDir Path state;
  @TempDir Path folder;
  private final FakeSink sink = FakeSink.healthy();

  @ParameterizedTest
  @NullSource
  @ValueSource(longs = 20)
  void tellsWhatBecomesOfAFile(@Nullable Long pollMillis) throws Exception {
    // Given
    FileSidecar sidecar = start(watch(FileWatch.ALL_STATES, Content.NONE, pollMillis), sink);
    // When
    Path a = Files.writeString(folder.resolve("a"), "1");
    awaitEvents(1);
    Files.writeString(a, "22");
    awaitEvents(2);
    Path b = Files.move(a, folder.resolve("b"));
    awaitEvents(3);
    Files.delete(b);
    awaitEvents(4);
    sidecar.end(Fixtures.DEADLINE);
    // Then
    assertThat(texts(sink, folder))
        .containsExactly("create a", "update a", "rename b < a", "delete b");
    assertThat(Fixtures.numbers(sink.events())).containsExactly(1L, 2L, 3L, 4L);
    assertThat(sink.marker().getId()).isEqualTo("uid-7/watcher/files/end");
  }

  @Test
  void tellsOfAClosingWhenTheWriterCloses() throws Exception {
    // Given
    FileSidecar sidecar = start(watch(ALL, Content.NONE, null), sink);
    try (OutputStream out = Files.newOutputStream(folder.resolve("a"))) {
      out.write(1);
      awaitEvents(1);
      // When
    }
    awaitEvents(2);
    sidecar.end(Fixtures.DEADLINE);
    // Then
    assertThat(texts(sink, folder)).containsExactly("create a", "close-write a");
  }

  @Test
  void watchesFoldersThatComeAndMove() throws Exception {
    // Given
    FileSidecar sidecar = start(watch(FileWatch.ALL_STATES, Content.NONE, null), sink);
    // When
    Path deep = Files.createDirectories(folder.resolve("x/y"));
    Files.writeString(deep.resolve("a"), "1");
    awaitEvents(1);
    Files.move(folder.resolve("x"), folder.resolve("z"));
    awaitEvents(2);
    Files.writeString(folder.resolve("z/y/b"), "2");
    awaitEvents(3);
    sidecar.end(Fixtures.DEADLINE);
    // Then
    assertThat(texts(sink, folder))
        .containsExactly("create x/y/a", "rename z/y/a < x/y/a", "create z/y/b");
  }

  @Test
  void tellsAtTheEndWhatIsThere() throws Exception {
    // Given
    FileSidecar sidecar = start(watch(FileWatch.ALL_STATES, Content.NONE, 600_000L), sink);
    Files.writeString(folder.resolve("a"), "1");
    // When
    boolean whole = sidecar.end(Fixtures.DEADLINE);
    // Then
    assertThat(whole).isTrue();
    assertThat(texts(sink, folder)).containsExactly("create a");
  }

  @Test
  void putsTextIntoTheEventAndBytesAsBase64() throws Exception {
    // Given
    Files.writeString(folder.resolve("text"), "grüße\n");
    Files.write(folder.resolve("bytes"), new byte[] {0, (byte) 0xFF});
    Files.write(folder.resolve("large"), new byte[1_001]);
    // When
    start(watch(FileWatch.ALL_STATES, Content.INLINE, null), sink).end(Fixtures.DEADLINE);
    // Then
    assertThat(event("text").path("content").asText()).isEqualTo("grüße\n");
    assertThat(event("text").has("encoding")).isFalse();
    assertThat(event("bytes").path("content").asText()).isEqualTo("AP8=");
    assertThat(event("bytes").path("encoding").asText()).isEqualTo("base64");
    assertThat(event("large").has("content")).isFalse();
    assertThat(event("large").path("omitted").asText()).isEqualTo("too large");
  }

  @Test
  void givesTheDigestOfAReference() throws Exception {
    // Given
    Files.createDirectory(folder.resolve("in"));
    Files.writeString(folder.resolve("in/a"), "abc");
    // When
    start(watch(FileWatch.ALL_STATES, Content.REFERENCE, null), sink).end(Fixtures.DEADLINE);
    // Then
    assertThat(event("a").path("size").asLong()).isEqualTo(3);
    assertThat(event("a").path("sha256").asText())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void followsNoLinks() throws Exception {
    // Given
    Files.writeString(state.resolve("secret"), "key");
    Files.createSymbolicLink(folder.resolve("file"), state.resolve("secret"));
    Files.createSymbolicLink(folder.resolve("folder"), state);
    // When
    start(watch(FileWatch.ALL_STATES, Content.INLINE, null), sink).end(Fixtures.DEADLINE);
    // Then
    assertThat(sink.events()).isEmpty();
  }

  @Test
  void readsNoContentThroughALinkThatIsPutInTheWay() throws Exception {
    // Given
    Files.writeString(state.resolve("key"), "secret");
    Files.createSymbolicLink(folder.resolve("in"), state);
    // When
    FileContent content = FileContent.inline(folder, "in/key", 1_000);
    // Then
    assertThat(content).isEqualTo(FileContent.NONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 17, 50})
  void aKillAnywhereLosesNothingAndGivesEachChangeItsNumberAgain(int posts) throws Exception {
    // Given
    for (int i = 0; i < 50; i++) {
      Files.writeString(folder.resolve("f" + i), "" + i);
    }
    FileWatch watch = watch(FileWatch.ALL_STATES, Content.INLINE, null);
    start(watch, deadAfter(posts));
    Conditions.await(() -> sink.taken().size() == posts);
    for (int i = 0; i < 50; i += 2) {
      Files.writeString(folder.resolve("f" + i), "changed " + i);
    }
    // When
    boolean whole = start(watch, sink).end(Fixtures.DEADLINE);
    // Then
    assertThat(whole).isTrue();
    List<Long> numbers = Fixtures.numbers(sink.events());
    assertThat(numbers).doesNotHaveDuplicates();
    assertThat(numbers.stream().sorted().toList()).isEqualTo(numbers);
    assertThat(sink.marker().getExtension(Attributes.SEQUENCE)).isNotNull();
    assertThat(numbers.getLast()).isEqualTo(numbers.size());
    for (int i = 0; i < 50; i++) {
      assertThat(lastContent("f" + i)).isEqualTo(i % 2 == 0 ? "changed " + i : "" + i);
    }
    assertThat(repeatsDiffer()).isFalse();
  }

  @Test
  void aStopThrowsAwayWhatIsNotPublishedAlsoInTheNextLife() throws Exception {
    // Given
    FileWatch watch = watch(FileWatch.ALL_STATES, Content.NONE, null);
    FileSidecar stopped = start(watch, deadAfter(0));
    stopped.stopped();
    Files.writeString(folder.resolve("a"), "1");
    // When
    boolean whole = start(watch, sink).end(Fixtures.DEADLINE);
    // Then
    assertThat(whole).isTrue();
    assertThat(sink.events()).isEmpty();
    assertThat(sink.marker().getExtension(Attributes.DISCARDED)).isEqualTo("1");
  }

  @Test
  void saysThatTheVolumeIsNotThere() throws Exception {
    // When
    FileSidecar sidecar =
        start(FileFixtures.watch(folder.resolve("none"), FileWatch.ALL_STATES), sink);
    // Then
    Conditions.await(() -> sidecar.failed().isCompletedExceptionally());
  }

  /** Whether one id was published with two contents. */
  private boolean repeatsDiffer() {
    return sink.taken().stream()
        .filter(event -> event.getData() != null)
        .anyMatch(
            event ->
                sink.taken().stream()
                    .filter(other -> other.getId().equals(event.getId()))
                    .anyMatch(other -> !FileFixtures.data(other).equals(FileFixtures.data(event))));
  }

  private String lastContent(String name) {
    return sink.events().stream()
        .map(FileFixtures::data)
        .filter(data -> data.path("name").asText().equals(name))
        .reduce((before, after) -> after)
        .map(data -> data.path("content").asText())
        .orElse("never told");
  }

  private JsonNode event(String name) {
    return sink.events().stream()
        .map(FileFixtures::data)
        .filter(data -> data.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void awaitEvents(int count) {
    Conditions.await(() -> sink.taken().size() >= count);
  }

  private FileWatch watch(Set<Change> on, Content content, @Nullable Long pollMillis) {
    return FileFixtures.watch(folder, on, content, pollMillis);
  }

  private FileSidecar start(FileWatch watch, Transport transport) throws IOException {
    return FileSidecar.start(
        FileFixtures.settings(watch, state, OnStop.DISCARD), transport, surroundings());
  }

  /** What a life that is killed after so many posts gets across. */
  private Transport deadAfter(int posts) {
    return event -> {
      synchronized (sink) {
        if (sink.posts() < posts) {
          return sink.post(event);
        }
      }
      new CountDownLatch(1).await();
      throw new IOException("never");
    };
  }
}
