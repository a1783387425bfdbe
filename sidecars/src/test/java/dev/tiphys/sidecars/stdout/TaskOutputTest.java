package dev.tiphys.sidecars.stdout;

import static dev.tiphys.sidecars.publish.Fixtures.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.publish.Conditions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TaskOutputTest {
  private static final String LONG = "0123456789abcdef".repeat(64 << 10);
  private final CompletableFuture<Void> never = new CompletableFuture<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @Test
  void everyReaderAndTheLogGetAllOfIt() {
    // Given
    TaskOutput output = new TaskOutput(bytes(LONG), log);
    CompletableFuture<String> first = readAll(output.reader());
    CompletableFuture<String> second = readAll(output.reader());
    // When
    output.start(never);
    // Then
    assertThat(await(first)).isEqualTo(LONG);
    assertThat(await(second)).isEqualTo(LONG);
    await(output.over());
    assertThat(log.toString(UTF_8)).isEqualTo(LONG);
  }

  @Test
  void withoutReadersThePipeIsEmptiedAllTheSame() {
    // Given
    TaskOutput output = new TaskOutput(bytes(LONG), log);
    // When
    output.start(never);
    await(output.over());
    // Then
    assertThat(log.size()).isEqualTo(LONG.length());
  }

  @Test
  void aClosedReaderHoldsNobodyUp() throws Exception {
    // Given
    TaskOutput output = new TaskOutput(bytes(LONG), log);
    output.reader().close();
    CompletableFuture<String> other = readAll(output.reader());
    // When
    output.start(never);
    // Then
    assertThat(await(other)).hasSameSizeAs(LONG);
  }

  @Test
  void aReaderThatDoesNotReadBoundsHowFarThePipeIsRead() {
    // Given
    AtomicInteger read = new AtomicInteger();
    TaskOutput output = new TaskOutput(counted(LONG, read), log);
    InputStream idle = output.reader();
    int most = (ChunkPipe.CAPACITY + 1) * TaskOutput.CHUNK_BYTES;
    // When
    output.start(never);
    Conditions.await(() -> read.get() == most);
    // Then
    assertThat(await(readAll(idle))).isEqualTo(LONG);
  }

  @Test
  void aLogThatFailsTakesNothingFromTheReaders() {
    // Given
    OutputStream closed = OutputStream.nullOutputStream();
    closeUnchecked(closed);
    TaskOutput output = new TaskOutput(bytes(LONG), closed);
    CompletableFuture<String> reader = readAll(output.reader());
    // When
    output.start(never);
    // Then
    assertThat(await(reader)).isEqualTo(LONG);
  }

  @Test
  void anOrphanThatKeepsThePipeOpenDoesNotKeepTheOutputOpen() {
    // Given
    ChunkPipe open = new ChunkPipe();
    TaskOutput output = new TaskOutput(open, log, Duration.ofMillis(1));
    CompletableFuture<String> reader = readAll(output.reader());
    // When
    output.start(CompletableFuture.completedFuture("killed"));
    // Then
    await(output.over());
    assertThat(await(reader)).isEmpty();
  }

  private static CompletableFuture<String> readAll(InputStream in) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return new String(in.readAllBytes(), UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        Thread::startVirtualThread);
  }

  private static void closeUnchecked(OutputStream out) {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream counted(String text, AtomicInteger read) {
    return new ByteArrayInputStream(text.getBytes(UTF_8)) {
      @Override
      public int read(byte[] target) throws IOException {
        int n = super.read(target);
        read.addAndGet(n);
        return n;
      }
    };
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
