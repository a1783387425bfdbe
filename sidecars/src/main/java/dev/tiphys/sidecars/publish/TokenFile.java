package dev.tiphys.sidecars.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A token in a file, which somebody else renews long before it expires. It is read again from time
 * to time, and not for each event.
 */
public final class TokenFile implements Token {
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final Path file;
  private final InstantSource clock;
  private volatile Read last = new Read("", Instant.MIN);

  private record Read(String token, Instant until) {}

  public TokenFile(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  @Override
  public String now() throws IOException {
    Instant now = clock.instant();
    Read read = last;
    if (!now.isBefore(read.until())) {
      read = new Read(Files.readString(file).strip(), now.plus(FRESH));
      last = read;
    }
    return read.token();
  }
}
