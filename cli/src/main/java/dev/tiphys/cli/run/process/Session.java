package dev.tiphys.cli.run.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One {@code tiphys run}. Each of its processes carries the session's text in a variable.
 *
 * @param namespace where Linux counts the owner's number, so that nobody takes a container's
 *     processes for his own; 0 where there is no telling
 * @param owner number of the process of {@code tiphys run}
 * @param since when that process began: numbers are used again
 */
public record Session(String namespace, long owner, Instant since, String id) {
  static final String VARIABLE = "TIPHYS_SESSION";

  private static final Pattern TEXT = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)\\.([0-9a-f-]+)");
  private static final Pattern DIGITS = Pattern.compile("\\d+");

  private static final String NAMESPACE = namespaceOfThis();

  /** Two processes need not agree better on when a third one began. */
  private static final Duration TOLERANCE = Duration.ofSeconds(10);

  /** A new one, whose owner is this process. */
  public static Session begin() {
    ProcessHandle own = ProcessHandle.current();
    return new Session(NAMESPACE, own.pid(), began(own), UUID.randomUUID().toString());
  }

  /** What {@link #text} has said; empty if it has not said that. */
  static Optional<Session> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Session(
              matcher.group(1),
              Long.parseLong(matcher.group(2)),
              Instant.ofEpochMilli(Long.parseLong(matcher.group(3))),
              matcher.group(4)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The variable's value. */
  String text() {
    return namespace + "." + owner + "." + since.toEpochMilli() + "." + id;
  }

  /** Whether its owner is known to be gone. */
  boolean orphaned() {
    return namespace.equals(NAMESPACE)
        && ProcessHandle.of(owner).filter(Liveness::runs).filter(this::isOwner).isEmpty();
  }

  private boolean isOwner(ProcessHandle process) {
    return Duration.between(since, began(process)).abs().compareTo(TOLERANCE) < 0;
  }

  private static Instant began(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH);
  }

  private static String namespaceOfThis() {
    try {
      String link = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
      Matcher digits = DIGITS.matcher(link);
      return digits.find() ? digits.group() : "0";
    } catch (IOException e) {
      return "0";
    }
  }
}
