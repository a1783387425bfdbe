package dev.tiphys.images.training;

import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.RunKeys;
import dev.tiphys.triggers.http.HttpSubscriber;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The functions begin runs of small workflows, and get events of their tasks and from outside, all
 * with a token: without, they do less and nothing else.
 */
public final class FunctionsTraining implements Training {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
  private static final int RUNS = 15;
  private static final int ORDERS = 15;
  private static final String SERVICE = "tiphys-functions";
  private static final String AUDIENCE = "training";
  private static final String ACCOUNT = "training-oidc";

  @Override
  public void run(List<String> command, Path log) throws Exception {
    Plan plan = CoinFlip.plan();
    Plan orders = Orders.plan();
    int port = Ports.free();
    URI address = URI.create("http://127.0.0.1:" + port);
    try (ApiServer cluster = ApiServer.start();
        HttpClient client = HttpClient.newHttpClient()) {
      cluster.deploy(plan);
      cluster.deploy(orders);
      Map<String, String> environment = new HashMap<>(cluster.environment());
      environment.put("PORT", Integer.toString(port));
      environment.put("TIPHYS_SIDECARS_IMAGE", "sidecars");
      environment.put("TIPHYS_AUDIENCE", AUDIENCE);
      environment.put("K_SERVICE", SERVICE);
      Tokens tokens = new Tokens();
      cluster.authorize(tokens, SERVICE, ACCOUNT);
      Trigger trigger =
          new Trigger(client, address, tokens.of(ApiServer.NAMESPACE, ACCOUNT, AUDIENCE));
      try (TrainedProcess process = new TrainedProcess(command, environment, log)) {
        awaitReady(client, address, process, log);
        for (int n = 0; n < RUNS; n++) {
          flip(cluster, trigger, plan, n);
        }
        String run = begun(trigger, orders, RUNS);
        for (int n = 0; n < ORDERS; n++) {
          trigger.post(Reaction.START.path(orders.id()), Orders.order(n));
        }
        cluster.requirePods(run, Orders.TAKE, ORDERS);
        process.end();
      }
    }
  }

  /** A run of its own, with a coin that starts a task and an event that stops one. */
  private static void flip(ApiServer cluster, Trigger trigger, Plan plan, int n)
      throws IOException {
    String run = begun(trigger, plan, n);
    RunKeys keys = cluster.keys(run);
    CloudEvent coin = CoinFlip.coin(run, cluster.pod(run, CoinFlip.FLIP), keys);
    trigger.post(Reaction.START.path(plan.id()), coin);
    CloudEvent stop = CoinFlip.stop(run, cluster.pod(run, CoinFlip.HEADS), keys);
    trigger.post(Reaction.STOP.path(plan.id()), stop);
    cluster.requireStopped(run, CoinFlip.FLIP);
  }

  private static String begun(Trigger trigger, Plan plan, int n) throws IOException {
    CloudEvent begun = reply(trigger.post(Reaction.BEGIN.path(plan.id()), CoinFlip.begin(n)));
    trigger.post(Reaction.ADVANCE.path(plan.id()), begun);
    return String.valueOf(begun.getExtension(Attributes.RUN));
  }

  private static CloudEvent reply(Response response) {
    if (response.reply() == null) {
      throw new IllegalStateException("no run was begun: " + response);
    }
    return response.reply();
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

  /** Sends events as a Trigger does. */
  private record Trigger(HttpClient client, URI address, String token) {
    Response post(String path, CloudEvent event) throws IOException {
      Response response =
          new HttpSubscriber(client, address.resolve(path), ANSWER_LIMIT)
              .withToken(token)
              .deliver(event);
      if (!response.success()) {
        throw new IllegalStateException(path + " answered " + response);
      }
      return response;
    }
  }
}
