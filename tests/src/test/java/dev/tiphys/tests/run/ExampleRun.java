package dev.tiphys.tests.run;

import static org.assertj.core.api.Assertions.fail;

import dev.tiphys.cli.run.Ending;
import dev.tiphys.cli.run.LocalRun;
import dev.tiphys.cli.run.RunListener;
import dev.tiphys.cli.run.RunReport;
import dev.tiphys.cli.run.view.RunView;
import dev.tiphys.functions.run.Summary;
import dev.tiphys.functions.run.Tally;
import dev.tiphys.functions.run.TaskCounts;
import dev.tiphys.triggers.plan.Plan;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A live run in this JVM. */
final class ExampleRun implements AutoCloseable {
  static final Duration DEADLINE = Duration.ofMinutes(2);

  private static final Duration POLL = Duration.ofMillis(10);

  private final LocalRun run;
  private final HttpClient client = HttpClient.newHttpClient();

  private ExampleRun(LocalRun run) {
    this.run = run;
  }

  static ExampleRun begin(Plan plan, Path work) throws IOException {
    return begin(plan, work, null);
  }

  /** With a folder of objects. */
  static ExampleRun begin(Plan plan, Path work, @Nullable Path objects) throws IOException {
    LocalRun.Settings settings =
        new LocalRun.Settings(work, false, 0, Duration.ofSeconds(2), System.getenv(), objects);
    LocalRun run = LocalRun.open(plan, settings, RunListener.NONE);
    run.begin(Map.of());
    return new ExampleRun(run);
  }

  /** Waits for the run's end, and stops what still runs. */
  Summary end() throws InterruptedException {
    if (!(run.await(DEADLINE) instanceof Ending.Complete)) {
      fail("not complete within " + DEADLINE + ": " + run.summaries());
    }
    run.stop();
    RunReport.Accounts books = run.accounts();
    if (!books.balanced()) {
      fail("the books do not balance: " + books);
    }
    return summary();
  }

  RunReport.Accounts accounts() {
    return run.accounts();
  }

  Summary summary() {
    return run.summaries().getFirst();
  }

  Tally tally(String task) {
    return counts(task).tally();
  }

  TaskCounts counts(String task) {
    // a run that has not begun yet has no summary
    return run.summaries().stream()
        .findFirst()
        .map(it -> it.tasks().getOrDefault(task, TaskCounts.ZERO))
        .orElse(TaskCounts.ZERO);
  }

  Map<String, Long> events() {
    Map<String, Long> totals = new HashMap<>();
    for (RunView view : run.view().runs()) {
      view.events().forEach(count -> totals.put(count.type(), count.total()));
    }
    return totals;
  }

  RunReport.Dropped dropped() {
    return run.dropped();
  }

  long unsigned() {
    return run.dropped().unsigned();
  }

  /** Posts to the broker; the headers are names and values in turn. */
  int post(String body, String... headers) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(run.address())
            .headers(headers)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  /** The files of that name in the instances' folders. */
  List<Path> files(String name) throws IOException {
    try (Stream<Path> files = Files.find(run.folder(), 3, (f, a) -> f.endsWith(name))) {
      return files.toList();
    }
  }

  static void until(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        fail("not within " + DEADLINE + ": " + what);
      }
      Thread.sleep(POLL);
    }
  }

  @Override
  public void close() {
    client.close();
    run.close();
  }
}
