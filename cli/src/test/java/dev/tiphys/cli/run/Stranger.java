package dev.tiphys.cli.run;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** Somebody who reaches a local run's broker. */
final class Stranger {
  private Stranger() {}

  static HttpResponse<String> post(LocalRun run, String type, String data)
      throws IOException, InterruptedException {
    return post(run, type, data, Map.of());
  }

  /**
   * @param attributes of the event, beside those that each has
   */
  static HttpResponse<String> post(
      LocalRun run, String type, String data, Map<String, String> attributes)
      throws IOException, InterruptedException {
    return post(run.address(), type, "1", data, attributes);
  }

  /**
   * @param id of the event: one that has it already is the same
   */
  static HttpResponse<String> post(URI broker, String type, String id, String data)
      throws IOException, InterruptedException {
    return post(broker, type, id, data, Map.of());
  }

  private static HttpResponse<String> post(
      URI broker, String type, String id, String data, Map<String, String> attributes)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest.Builder event =
          HttpRequest.newBuilder(broker)
              .header("ce-specversion", "1.0")
              .header("ce-id", id)
              .header("ce-source", "/somebody")
              .header("ce-type", type)
              .header("content-type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(data));
      attributes.forEach((name, value) -> event.header("ce-" + name, value));
      return client.send(event.build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
