package dev.tiphys.sidecars.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));

  @TempDir private Path folder;

  @Test
  void showsATokenThatWasRenewed() throws IOException {
    // Given
    Path file = Files.writeString(folder.resolve("token"), "first\n");
    TokenFile token = new TokenFile(file, now::get);
    String before = token.now();
    Files.writeString(file, "second\n");
    // When
    now.updateAndGet(it -> it.plus(Duration.ofSeconds(10)));
    // Then
    assertThat(before).isEqualTo("first");
    assertThat(token.now()).isEqualTo("second");
  }

  @Test
  void doesNotReadTheFileForEachEvent() throws IOException {
    // Given
    Path file = Files.writeString(folder.resolve("token"), "first");
    TokenFile token = new TokenFile(file, now::get);
    token.now();
    // When
    Files.delete(file);
    // Then
    assertThat(token.now()).isEqualTo("first");
  }

  @Test
  void hasNoTokenWhereThereIsNoFileYet() throws IOException {
    // Given
    Path file = folder.resolve("token");
    TokenFile token = new TokenFile(file, now::get);
    // When
    assertThatThrownBy(token::now).isInstanceOf(IOException.class);
    Files.writeString(file, "late");
    // Then
    assertThat(token.now()).isEqualTo("late");
  }
}
