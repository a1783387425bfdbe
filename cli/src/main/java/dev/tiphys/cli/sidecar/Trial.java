package dev.tiphys.cli.sidecar;

import dev.tiphys.sidecars.contract.Contract;
import dev.tiphys.sidecars.contract.Environment;
import dev.tiphys.sidecars.contract.Limits;
import dev.tiphys.sidecars.contract.Origin;
import dev.tiphys.sidecars.contract.SigningKey;
import dev.tiphys.sidecars.program.SidecarSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Three lives of a sidecar: one that is killed, one that goes on after it and is ended in order,
 * and one whose sink goes away.
 *
 * @param words its command
 * @param variables what it is given beside the contract
 * @param folder of its state and its key
 * @param patience how long to wait for something to be posted
 * @param grace between SIGTERM and SIGKILL
 */
record Trial(
    List<String> words,
    Map<String, String> variables,
    Path folder,
    Duration patience,
    Duration grace) {
  /** Acknowledged events after which a life has shown enough. */
  private static final int ENOUGH = 3;

  private static final Path NOTHING = Path.of("/dev/null");
  private static final byte[] KEY = {1, 0, (byte) 0xFF, '\n', 5, 6, 7, 8};

  /** Of the life whose sink is gone: what is tried until the end is not worth a wait. */
  private static final Duration SHORT_GRACE = Duration.ofSeconds(3);

  /** Of the first two lives, whose events are judged. */
  static final String UID = "uid-1";

  /** Where a contract's sink says nothing of its events. */
  static final URI SINK = URI.create("http://127.0.0.1/");

  static byte[] key() {
    return KEY.clone();
  }

  static Contract contract(URI sink, String uid) {
    return new Contract(
        sink,
        new Origin("check", "check-1", "task", "check-1-task-1", uid, "sidecar"),
        "checked",
        new TreeMap<>(),
        new TreeMap<>(),
        SigningKey.of(KEY),
        Limits.DEFAULT);
  }

  /** Runs all three. */
  Observed run() throws IOException, InterruptedException {
    List<Post> posts;
    Observed.Exit exit;
    try (CheckedSink sink = new CheckedSink()) {
      Process first = start(sink.uri(), UID, "state-1", grace);
      sink.await(acknowledged(ENOUGH), patience);
      first.destroyForcibly().waitFor();
      int before = sink.posts().size();
      Process second = start(sink.uri(), UID, "state-1", grace);
      sink.await(all -> all.size() > before && acknowledged(ENOUGH + 1).test(all), patience);
      exit = end(second, grace);
      posts = sink.posts();
    }
    return new Observed(posts, exit, cutOff());
  }

  private Observed.CutOff cutOff() throws IOException, InterruptedException {
    Process third;
    boolean emitted;
    try (CheckedSink sink = new CheckedSink()) {
      third = start(sink.uri(), "uid-2", "state-2", SHORT_GRACE);
      sink.await(posts -> !posts.isEmpty(), patience);
      emitted = !sink.posts().isEmpty();
    }
    return new Observed.CutOff(emitted, end(third, SHORT_GRACE));
  }

  private static Predicate<List<Post>> acknowledged(int events) {
    return posts ->
        posts.stream().filter(Post::acknowledged).map(Post::id).distinct().count() >= events;
  }

  private Process start(URI sink, String uid, String stateFolder, Duration time)
      throws IOException {
    Path keyFile = Files.write(folder.resolve("key"), KEY);
    Path state = Files.createDirectories(folder.resolve(stateFolder));
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectInput(ProcessBuilder.Redirect.from(NOTHING.toFile()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()));
    builder.environment().putAll(Environment.of(contract(sink, uid), keyFile));
    builder.environment().put(SidecarSettings.STATE, state.toString());
    builder.environment().put(SidecarSettings.GRACE_PERIOD, time.toString());
    builder.environment().putAll(variables);
    return builder.start();
  }

  /** What it wrote to standard error. */
  Path log() {
    return folder.resolve("stderr.log");
  }

  private static Observed.Exit end(Process process, Duration time) throws InterruptedException {
    long begin = System.nanoTime();
    process.destroy();
    boolean inTime = process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    int code = inTime ? process.exitValue() : process.destroyForcibly().waitFor();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    return new Observed.Exit(code, inTime, took);
  }
}
