package dev.tiphys.sidecars.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.triggers.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * Does to a map what events say of files, and takes down each that does not fit. An event that
 * comes again counts once, and has to say the same.
 */
final class MirroringSink {
  private final TreeMap<String, Long> files = new TreeMap<>();
  private final Map<Long, JsonNode> seen = new HashMap<>();
  private final Map<String, Integer> kinds = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();

  /** Takes an event; the marker has no data. */
  synchronized void take(long number, String data) {
    if (!data.isEmpty()) {
      try {
        take(number, Json.parse(data.getBytes(UTF_8)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void take(long number, JsonNode data) {
    JsonNode before = seen.putIfAbsent(number, data);
    if (before != null) {
      expect(before.equals(data), "another event has the number of " + before, data);
      return;
    }
    expect(number == seen.size(), "a number is left out before " + number, data);
    kinds.merge(data.path("kind").asText(), 1, Integer::sum);
    String path = data.path("path").asText();
    switch (data.path("kind").asText()) {
      case "create" -> expect(files.put(path, 0L) == null, "was there", data);
      case "delete" -> expect(files.remove(path) != null, "was not there", data);
      case "rename" -> {
        expect(files.remove(data.path("from").asText()) != null, "was not there", data);
        expect(files.put(path, 0L) == null, "was there", data);
      }
      default -> expect(false, "unexpected", data);
    }
  }

  private void expect(boolean right, String problem, JsonNode data) {
    if (!right) {
      wrong.add(problem + ": " + data);
    }
  }

  /** Waits until the files are these. */
  void await(Callable<Map<String, Long>> expected) throws Exception {
    while (!expected.call().equals(files())) {
      assertConsistent();
      Thread.sleep(1_000);
    }
  }

  void awaitPublished(int count) throws InterruptedException {
    while (published() < count) {
      Thread.sleep(20);
    }
  }

  private synchronized int published() {
    return seen.size();
  }

  synchronized Map<String, Long> files() {
    return new TreeMap<>(files);
  }

  /** How many events there were of each kind. */
  synchronized Map<String, Integer> kinds() {
    return Map.copyOf(kinds);
  }

  synchronized void assertConsistent() {
    assertThat(wrong).isEmpty();
  }
}
