package dev.tiphys.images.training;

import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.http.HttpSubscriber;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The functions begin runs of a small workflow and see them through. */
public final class FunctionsTraining implements Training {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
  private static final int RUNS = 30;

  @Override
  public void run(List<String> command, Path log) throws Exception {
    Plan plan = CoinFlip.plan();
    Path plans = Files.createTempDirectory("plans");
    Files.writeString(plans.resolve("plan.json"), plan.toJson());
    int port = freePort();
    Map<String, String> environment =
        Map.of("PORT", Integer.toString(port), "TIPHYS_PLANS", plans.toString());
    URI address = URI.create("http://127.0.0.1:" + port);
    try (HttpClient client = HttpClient.newHttpClient();
        TrainedProcess process = new TrainedProcess(command, environment, log)) {
      awaitReady(client, address, process, log);
      for (int n = 0; n < RUNS; n++) {
        Response begun = post(client, address, Reaction.BEGIN.path(plan.id()), begin(n));
        if (begun.reply() == null) {
          throw new IllegalStateException("no run was begun: " + begun);
        }
        post(client, address, Reaction.ADVANCE.path(plan.id()), begun.reply());
      }
      process.end();
    }
  }

  private static void awaitReady(HttpClient client, URI address, TrainedProcess process, Path log)
      throws Exception {
    HttpRequest health = HttpRequest.newBuilder(address.resolve("/healthz")).build();
    Instant deadline = Instant.now().plus(START_LIMIT);
    while (Instant.now().isBefore(deadline) && process.alive()) {
      try {
        if (client.send(health, BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // it does not listen yet
      }
      Thread.sleep(20);
    }
    throw new IllegalStateException("it does not get ready; see " + log);
  }

  private static Response post(HttpClient client, URI address, String path, CloudEvent event)
      throws IOException {
    Response response =
        new HttpSubscriber(client, address.resolve(path), ANSWER_LIMIT).deliver(event);
    if (!response.success()) {
      throw new IllegalStateException(path + " answered " + response);
    }
    return response;
  }

  private static CloudEvent begin(int n) {
    return CloudEventBuilder.v1()
        .withId("begin-" + n)
        .withSource(URI.create("/training"))
        .withType(EventTypes.RUN_BEGIN)
        .withData("application/json", "{\"parameters\":{}}".getBytes(StandardCharsets.UTF_8))
        .build();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
