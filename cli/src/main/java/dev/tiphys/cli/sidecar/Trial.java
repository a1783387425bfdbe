package dev.tiphys.cli.sidecar;

import dev.tiphys.sidecars.contract.Contract;
import dev.tiphys.sidecars.contract.Environment;
import dev.tiphys.sidecars.contract.Limits;
import dev.tiphys.sidecars.contract.Origin;
import dev.tiphys.sidecars.program.SidecarSettings;
import dev.tiphys.triggers.event.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Three lives of a sidecar: one that is killed, one that goes on after it and is ended in order,
 * and one whose sink goes away.
 *
 * @param candidate the sidecar
 * @param variables what it is given beside the contract
 * @param folder of its state
 * @param patience how long to wait for something to be posted
 * @param grace between SIGTERM and SIGKILL
 */
record Trial(
    Candidate candidate,
    Map<String, String> variables,
    Path folder,
    Duration patience,
    Duration grace) {
  /** Acknowledged events after which a life has shown enough. */
  private static final int ENOUGH = 3;

  private static final SigningKey KEY =
      SigningKey.parse("7.aB0-_aB0-_aB0-_aB0-_aB0-_aB0-_aB0-_aB0-_aB0").orElseThrow();

  /** Of the life whose sink is gone: what is tried until the end is not worth a wait. */
  private static final Duration SHORT_GRACE = Duration.ofSeconds(3);

  /** Of the first two lives, whose events are judged. */
  static final String UID = "uid-1";

  /** Where a contract's sink says nothing of its events. */
  static final URI SINK = URI.create("http://127.0.0.1/");

  static Contract contract(URI sink, String uid) {
    return new Contract(
        sink,
        new Origin("check", "check-1", "task", "check-1-task-1", uid, "sidecar"),
        "checked",
        new TreeMap<>(),
        new TreeMap<>(),
        KEY,
        Limits.DEFAULT);
  }

  /** Runs all three. */
  Observed run() throws IOException, InterruptedException {
    if (!Life.canBegin(candidate, log())) {
      throw new IOException("there is no such image: " + log() + " says more");
    }
    List<Post> posts;
    Observed.Exit exit;
    try (CheckedSink sink = new CheckedSink()) {
      Life first = start(sink.uri(), UID, "state-1", grace);
      sink.await(acknowledged(ENOUGH), patience);
      first.kill();
      int before = sink.posts().size();
      Life second = start(sink.uri(), UID, "state-1", grace);
      sink.await(all -> all.size() > before && acknowledged(ENOUGH + 1).test(all), patience);
      exit = second.end(grace);
      posts = sink.posts();
    }
    return new Observed(posts, exit, cutOff());
  }

  private Observed.CutOff cutOff() throws IOException, InterruptedException {
    Life third;
    boolean emitted;
    try (CheckedSink sink = new CheckedSink()) {
      third = start(sink.uri(), "uid-2", "state-2", SHORT_GRACE);
      sink.await(posts -> !posts.isEmpty(), patience);
      emitted = !sink.posts().isEmpty();
    }
    return new Observed.CutOff(emitted, third.end(SHORT_GRACE));
  }

  private static Predicate<List<Post>> acknowledged(int events) {
    return posts ->
        posts.stream().filter(Post::acknowledged).map(Post::id).distinct().count() >= events;
  }

  private Life start(URI sink, String uid, String stateFolder, Duration time) throws IOException {
    Path state = Files.createDirectories(folder.resolve(stateFolder));
    // as in a pod, whose volume is for every user of an image
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwxrwx"));
    Map<String, String> all = new TreeMap<>(Environment.of(contract(sink, uid)));
    all.put(SidecarSettings.STATE, state.toString());
    all.put(SidecarSettings.GRACE_PERIOD, time.toString());
    all.putAll(variables);
    return Life.begin(candidate, folder, all, log());
  }

  /** What it wrote to standard error. */
  Path log() {
    return folder.resolve("stderr.log");
  }
}
