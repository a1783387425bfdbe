package dev.tiphys.cli.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tiphys.cli.Call;
import dev.tiphys.cli.exit.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishCommandTest {
  /** Whoever opens a cluster is told that there is no such file. */
  private static final String NO_CLUSTER = "--kubeconfig=/nowhere";

  private static final int ACCEPTED = 202;

  private final Map<String, String> published = new ConcurrentHashMap<>();
  private int status = ACCEPTED;
  private HttpServer broker;

  @BeforeEach
  void open() throws IOException {
    broker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    broker.createContext("/", this::take);
    broker.start();
  }

  @AfterEach
  void close() {
    broker.stop(0);
  }

  @Test
  @DisplayName("D6: publishes to an address without a cluster")
  void publishesToAnAddressWithoutACluster() {
    // When
    Call call = publish("order", "bread");

    // Then
    assertThat(call.exitCode()).as(call.err()).isZero();
    assertThat(published).containsAllEntriesOf(Map.of("ce-type", "order", "data", "bread"));
    assertThat(published).doesNotContainKey("ce-workflow");
  }

  @Test
  @DisplayName("D6: the event names its workflow also where no cluster is asked")
  void namesTheWorkflow() {
    // When
    Call call = publish("order", "--workflow=shop");

    // Then
    assertThat(call.exitCode()).as(call.err()).isZero();
    assertThat(published).containsEntry("ce-workflow", "shop");
  }

  @Test
  @DisplayName("D6: a broker's own refusal is told as its own")
  void tellsWhatTheBrokerItselfRefuses() {
    // Given
    status = 403;

    // When
    Call call = publish("order");

    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(call.err())
        .contains("the broker does not take the event (403): not you")
        .doesNotContain("API server");
  }

  @Test
  void refusesTwoPlacesToPost() {
    // When
    Call call = publish("order", "--broker=common");

    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.err()).contains("--broker and --broker-url");
    assertThat(published).isEmpty();
  }

  @Test
  @DisplayName("D6: a call that names no broker is told so before a cluster is asked for")
  void asksForABroker() {
    // When
    Call call = Call.tiphys("publish", "order", NO_CLUSTER);

    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.err()).contains("give --workflow, --broker or --broker-url");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:8080", "/broker", "ftp://localhost/", "http:/x"})
  void refusesAnAddressThatNothingCanBePostedTo(String address) {
    // When
    Call call = Call.tiphys("publish", "order", NO_CLUSTER, "--broker-url=" + address);

    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.err()).contains("--broker-url " + address);
  }

  @Test
  void refusesAnAttributeThatIsGivenTwice() {
    // When
    Call call = publish("order", "-a", "a=b", "-a", "c=d", "--attribute=a=c");

    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.err()).contains("the attribute `a` is given more than once");
    assertThat(published).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--id=, id",
    "'--id=a\u0001', id",
    "'--subject=a\u007f', subject",
    "'-aline=a\n', line"
  })
  void refusesAnAttributeThatNoEventCanHave(String option, String attribute) {
    // When
    Call call = publish("order", option);

    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.err()).contains("no valid event: the attribute `" + attribute + "`");
    assertThat(published).isEmpty();
  }

  @Test
  void refusesDataThatAreNoText() {
    // When
    Call call = Call.withInput(new byte[] {'a', (byte) 0xff}, "publish", "order", "-", brokerUrl());

    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.err()).contains("the data on standard input is not UTF-8 text");
    assertThat(published).isEmpty();
  }

  private Call publish(String... arguments) {
    return Call.tiphys(
        Stream.of(
                Stream.of("publish"), Arrays.stream(arguments), Stream.of(NO_CLUSTER, brokerUrl()))
            .flatMap(words -> words)
            .toArray(String[]::new));
  }

  private String brokerUrl() {
    return "--broker-url=http://127.0.0.1:" + broker.getAddress().getPort() + "/";
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> published.put(name.toLowerCase(ROOT), values.getFirst()));
      published.put("data", new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      if (status == ACCEPTED) {
        exchange.sendResponseHeaders(status, -1);
      } else {
        exchange.sendResponseHeaders(status, 0);
        exchange.getResponseBody().write("not you".getBytes(UTF_8));
      }
    }
  }
}
