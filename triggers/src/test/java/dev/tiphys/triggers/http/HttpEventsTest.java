package dev.tiphys.triggers.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.contract.NastyValues;
import dev.tiphys.triggers.event.AttributeText;
import dev.tiphys.triggers.json.Json;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.format.EventFormat;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.http.HttpMessageFactory;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one side writes is what the other one reads. */
class HttpEventsTest {
  private static final String JSON = "application/cloudevents+json";
  private static final EventFormat SDK =
      Objects.requireNonNull(EventFormatProvider.getInstance().resolveFormat(JSON));

  // Round trips

  @Property
  @Label("C2: what is written is read, for any text that an attribute can have")
  void isReadAsItWasWritten(@ForAll("texts") String value) {
    // Given
    CloudEvent event = NastyValues.event(value);
    // When, Then
    assertThat(read(written(event))).isEqualTo(event);
    assertThat(event(Map.of("content-type", JSON), SDK.serialize(event))).isEqualTo(event);
  }

  @ParameterizedTest
  @DisplayName("C2: an event arrives over HTTP as it was sent")
  @MethodSource("dev.tiphys.triggers.contract.NastyValues#values")
  void arrivesAsItWasSent(String value) throws Exception {
    // Given
    CloudEvent event = NastyValues.event(value);
    List<CloudEvent> published = new ArrayList<>();
    HttpIngress.Gate gate =
        arrived -> {
          published.add(arrived);
          return Optional.of(HttpAnswer.event(arrived));
        };
    try (HttpIngress ingress =
            HttpIngress.start(
                never -> new CompletableFuture<>(), HttpIngress.Options.DEFAULT, gate);
        HttpClient client = HttpClient.newHttpClient()) {
      // When
      Subscriber.Response answer =
          new HttpSubscriber(client, ingress.uri(), Duration.ofSeconds(10)).deliver(event);
      // Then
      assertThat(published).containsExactly(event);
      assertThat(answer.reply()).isEqualTo(event);
    }
  }

  @Property
  @Label("C2: the reader reads what the SDK reads, in binary mode")
  void readsBinaryModeAsTheSdkDoes(@ForAll("plain") String value) {
    // Given
    Map<String, String> headers = new HashMap<>();
    byte[] data = "{}".getBytes(UTF_8);
    HttpMessageFactory.createWriter(headers::put, body -> {}).writeBinary(NastyValues.event(value));
    // When, Then
    assertThat(event(headers, data))
        .isEqualTo(HttpMessageFactory.createReader(headers, data).toEvent());
  }

  // Binary mode

  @ParameterizedTest
  @DisplayName("C2: a header that is not percent-encoded UTF-8 is refused")
  @CsvSource({
    "ce-shift, %C0%A0",
    "ce-shift, gr\u00f6\u00dfe",
    "ce-type, a%00b",
    "ce-shift, %7F",
    "ce-shift, %C2%80",
    "ce-shift, %EF%BF%BE",
    "ce-shift, %ED%A0%80",
    "ce-, x",
    "ce-data, x",
    "ce-datacontenttype, text/plain",
    "ce-Not_A_Name, x",
  })
  void refusesWhatNoAttributeIs(String name, String value) {
    Map<String, List<String>> headers = binary();
    headers.put(name, List.of(value));

    assertThat(HttpEvents.read(headers, new byte[0])).isInstanceOf(Received.Malformed.class);
  }

  @ParameterizedTest
  @DisplayName("C2: an attribute that cannot have its value is refused by name")
  @CsvSource({
    "id, %01a",
    "id, a%01",
    "id, a%0A",
    "id, %09a",
    "id, a%00b",
    "id, a%7F",
    "id, %20",
    "id, ''",
    "source, /a%01",
    "source, %0D/a",
    "source, ''",
    "type, %01t",
    "type, t%C2%85",
    "subject, %1Fs",
    "time, 2026-01-01T00:00:00Z%00",
    "dataschema, http://a/%01",
    "shift, x%0A",
  })
  void namesTheAttributeThatIsRefused(String attribute, String value) {
    // Given
    Map<String, List<String>> headers = binary();
    headers.put("ce-" + attribute, List.of(value));
    // When, Then
    assertNames(HttpEvents.read(headers, new byte[0]), attribute);
  }

  @ParameterizedTest
  @DisplayName("C2: so it is in structured mode")
  @CsvSource({
    "id, \\u0001a",
    "id, a\\n",
    "id, ''",
    "id, ' '",
    "source, /a\\u0001",
    "source, ''",
    "type, \\tt",
    "subject, s\\u007f",
    "shift, x\\u0085",
  })
  void namesTheMemberThatIsRefused(String attribute, String value) throws IOException {
    // Given
    ObjectNode event = (ObjectNode) Json.parse(structured("\"data\":1").getBytes(UTF_8));
    event.set(attribute, Json.parse(("\"" + value + "\"").getBytes(UTF_8)));
    // When, Then
    assertNames(
        HttpEvents.read(
            Map.of("content-type", List.of(JSON)), Json.mapper().writeValueAsBytes(event)),
        attribute);
  }

  private static void assertNames(Received received, String attribute) {
    assertThat(received)
        .isInstanceOfSatisfying(
            Received.Malformed.class,
            it -> {
              assertThat(it.status()).isEqualTo(400);
              assertThat(it.detail()).contains("the attribute `" + attribute + "`");
            });
  }

  @ParameterizedTest
  @DisplayName("C2: blanks at the ends of an id are part of it, so that no two ids are one")
  @CsvSource({"a, a", "%20a, ' a'", "a%20, 'a '", "a%20b, 'a b'"})
  void keepsBlanksOfAnId(String header, String id) {
    // Given
    Map<String, List<String>> headers = binary();
    headers.put("ce-id", List.of(header));
    byte[] json =
        structured("\"data\":1").replace("\"id\":\"1\"", "\"id\":\"" + id + "\"").getBytes(UTF_8);
    // When, Then
    assertThat(event(HttpEvents.read(headers, new byte[0])).getId()).isEqualTo(id);
    assertThat(event(Map.of("content-type", JSON), json).getId()).isEqualTo(id);
  }

  @Test
  void repeatsNoNameThatASenderMadeUp() {
    // Given
    String name = "x".repeat(65);
    // When
    Received received =
        HttpEvents.read(
            Map.of("content-type", List.of(JSON)),
            structured("\"" + name + "\":\"\\u0000\"").getBytes(UTF_8));
    // Then
    assertThat(received)
        .isInstanceOfSatisfying(
            Received.Malformed.class, it -> assertThat(it.detail()).doesNotContain(name));
  }

  @Test
  @DisplayName("C2: an extension of version 0.3 that 1.0 has as an attribute is refused")
  void refusesAnExtensionThatIsAnAttributeNow() {
    Map<String, List<String>> headers = binary();
    headers.put("ce-specversion", List.of("0.3"));
    headers.put("ce-dataschema", List.of(":no uri"));

    assertThat(HttpEvents.read(headers, new byte[0])).isInstanceOf(Received.Malformed.class);
  }

  @Test
  @DisplayName("C2: a header that is there twice is refused, in whatever case")
  void refusesHeadersThatAreThereTwice() {
    Map<String, List<String>> attribute = binary();
    attribute.put("CE-Type", List.of("coin"));
    Map<String, List<String>> contentType = binary();
    contentType.put("content-type", List.of("text/plain", JSON));

    assertThat(HttpEvents.read(attribute, new byte[0])).isInstanceOf(Received.Malformed.class);
    assertThat(HttpEvents.read(contentType, new byte[0])).isInstanceOf(Received.Malformed.class);
  }

  @Test
  @DisplayName("C2: content-type is the data's, as it came")
  void keepsTheContentType() {
    String type = "Text/Plain; charset=\"iso-8859-1\" ; a=b%20c";
    Map<String, List<String>> headers = binary();
    headers.put("Content-Type", List.of(type));

    CloudEvent event = event(HttpEvents.read(headers, "\u00f6".getBytes(ISO_8859_1)));

    assertThat(event.getDataContentType()).isEqualTo(type);
    assertThat(data(event)).isEqualTo("\u00f6".getBytes(ISO_8859_1));
    assertThat(written(event)).containsEntry("Content-Type", type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"iso-8859-1", "\"latin1\"", "UTF-16", "ebcdic"})
  void refusesJsonInBinaryModeThatIsNotUtf8(String charset) {
    // Given
    Map<String, List<String>> headers = binary();
    headers.put("Content-Type", List.of("application/json; charset=" + charset));
    // When
    Received received = HttpEvents.read(headers, "\"\u00f6\"".getBytes(ISO_8859_1));
    // Then
    assertUnsupported(received, "UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"; charset=utf-8", "; charset=\"UTF8\"", "; charset=us-ascii", ""})
  void takesJsonInBinaryModeThatIsUtf8(String parameter) {
    // Given
    Map<String, List<String>> headers = binary();
    headers.put("Content-Type", List.of("application/json" + parameter));
    // When, Then
    assertThat(HttpEvents.read(headers, "{}".getBytes(UTF_8))).isInstanceOf(Received.Event.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"e080af", "c0a2", "ff", "eda080"})
  @DisplayName("A: bytes that are no UTF-8 are no character that some parser makes of them")
  void refusesJsonInBinaryModeWhoseBytesAreNoUtf8(String bytes) {
    // Given
    Map<String, List<String>> headers = binary();
    headers.put("Content-Type", List.of("application/json"));
    byte[] body = HexFormat.of().parseHex("22" + bytes + "22");
    // When, Then
    assertThat(HttpEvents.read(headers, body))
        .isEqualTo(new Received.Malformed(400, "the data are not UTF-8"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "identity, gzip"})
  void refusesAnEncodedBodyInBothModes(String coding) {
    // Given
    Map<String, List<String>> binary = binary();
    binary.put("Content-Encoding", List.of(coding));
    Map<String, List<String>> structured =
        Map.of("content-type", List.of(JSON), "content-encoding", List.of(coding));
    byte[] body = structured("\"data\":1").getBytes(UTF_8);
    // When, Then
    assertUnsupported(HttpEvents.read(binary, body), "Content-Encoding");
    assertUnsupported(HttpEvents.read(structured, body), "Content-Encoding");
  }

  @Test
  void takesABodyWhoseEncodingIsNone() {
    // Given
    Map<String, List<String>> headers = binary();
    headers.put("content-encoding", List.of("Identity"));
    // When, Then
    assertThat(HttpEvents.read(headers, new byte[0])).isInstanceOf(Received.Event.class);
  }

  private static void assertUnsupported(Received received, String named) {
    assertThat(received)
        .isInstanceOfSatisfying(
            Received.Malformed.class,
            it -> {
              assertThat(it.status()).isEqualTo(415);
              assertThat(it.detail()).contains(named);
            });
  }

  // Structured mode

  @ParameterizedTest
  @DisplayName("C2: structured mode is read in the charset that it names")
  @ValueSource(
      strings = {
        "UTF-8",
        "utf8",
        "\"UTF-8\"",
        "UTF-16",
        "UTF-16BE",
        "UTF-16LE",
        "ISO-8859-1",
        "latin1",
      })
  void readsStructuredModeInItsCharset(String charset) {
    byte[] body = structured("\"data\":1").getBytes(Charset.forName(charset.replace("\"", "")));

    CloudEvent event = event(Map.of("content-type", JSON + "; a=b;charset=" + charset), body);

    assertThat(event.getSubject()).isEqualTo("Z\u00fcrich");
  }

  @Test
  void readsABomAndNoCharset() {
    byte[] body = ("\ufeff" + structured("\"data\":1")).getBytes(UTF_8);

    assertThat(event(Map.of("content-type", JSON), body).getSubject()).isEqualTo("Z\u00fcrich");
  }

  @ParameterizedTest
  @DisplayName("C2: what is not supported is refused by name")
  @CsvSource({
    "application/cloudevents+json; charset=ebcdic, charsets",
    "application/cloudevents-batch+json, batches",
    "application/cloudevents-batch, batches",
    "application/cloudevents+avro, JSON",
    "application/cloudeventsx, JSON",
  })
  void refusesByName(String contentType, String named) {
    Received received =
        HttpEvents.read(Map.of("Content-Type", List.of(contentType)), "{}".getBytes(UTF_8));

    assertUnsupported(received, named);
  }

  @Test
  void refusesABodyThatIsNotInItsCharset() {
    Map<String, List<String>> utf8 = Map.of("content-type", List.of(JSON));
    Map<String, List<String>> ascii = Map.of("content-type", List.of(JSON + ";charset=us-ascii"));
    String json = structured("\"data\":1");

    assertThat(HttpEvents.read(utf8, json.getBytes(ISO_8859_1)))
        .isInstanceOf(Received.Malformed.class);
    assertThat(HttpEvents.read(utf8, json.getBytes(UTF_16))).isInstanceOf(Received.Malformed.class);
    assertThat(HttpEvents.read(utf8, json.getBytes(UTF_16LE)))
        .isInstanceOf(Received.Malformed.class);
    assertThat(HttpEvents.read(ascii, json.getBytes(UTF_8))).isInstanceOf(Received.Malformed.class);
  }

  @ParameterizedTest
  @DisplayName("C1, C2: data in structured mode are the text that was sent")
  @ValueSource(
      strings = {
        "1.10",
        "12345678.9",
        "0.0005",
        "1e5",
        "-0",
        "12345678901234567890.10",
        "null",
        "true",
        "\"text\"",
        "\"\\u00f6 \\ud83d\\ude00\"",
        "{ \"b\" : 1.10 , \"a\" : [ ] }",
        "[1.10,{}]",
        "{\"a\":1,\"a\":2}",
        "\"\"",
        "\"party \\ud83c\"",
        "{\"Z\u00fcrich\":\"\ud83d\ude00\"}",
      })
  void keepsTheTextOfData(String data) {
    for (String json :
        List.of(
            structured("\"data\":" + data), structured("\"data\" : \n" + data + "  , \"a\":1"))) {
      assertThat(data(event(Map.of("content-type", JSON), json.getBytes(UTF_8))))
          .isEqualTo(data.getBytes(UTF_8));
    }
  }

  @Test
  @DisplayName("C2: data_base64 are bytes")
  void readsBase64() {
    byte[] bytes = {0, 1, (byte) 0xFF};
    String base64 = Base64.getEncoder().encodeToString(bytes);

    CloudEvent event =
        event(
            Map.of("content-type", JSON),
            structured("\"data_base64\":\"" + base64 + "\",\"datacontenttype\":\"image/png\"")
                .getBytes(UTF_8));

    assertThat(data(event)).isEqualTo(bytes);
    assertThat(event.getDataContentType()).isEqualTo("image/png");
  }

  @Test
  void readsTextThatIsNotJson() {
    CloudEvent event =
        event(
            Map.of("content-type", JSON),
            structured("\"data\":\"<\\u00f6>\",\"datacontenttype\":\"text/xml\"").getBytes(UTF_8));

    assertThat(data(event)).isEqualTo("<\u00f6>".getBytes(UTF_8));
  }

  @Test
  void takesNullForAbsent() {
    CloudEvent event =
        event(
            Map.of("content-type", JSON),
            structured("\"shift\":null,\"dataschema\":null").getBytes(UTF_8));

    assertThat(event.getExtensionNames()).isEmpty();
    assertThat(event.getDataSchema()).isNull();
    assertThat(event.getData()).isNull();
  }

  @ParameterizedTest
  @DisplayName("C2: JSON that says two things, or nothing that an attribute can be, is refused")
  @ValueSource(
      strings = {
        "\"type\":\"other\"",
        "\"data\":1,\"data\":2",
        "\"data\":1,\"data_base64\":\"AA==\"",
        "\"data_base64\":1",
        "\"data_base64\":\"?\"",
        "\"data\":{},\"datacontenttype\":\"text/xml\"",
        "\"shift\":1.5",
        "\"shift\":12345678901",
        "\"shift\":{}",
        "\"shift\":[]",
        "\"shift\":\"party \\ud83c\"",
        "\"shift\":\"\\ufffe\"",
        "\"shift\":\"\\u0000\"",
        "\"Shift\":\"x\"",
        "\"\":\"x\"",
        "\"datacontenttype\":\"text/pl\u00e4in\"",
        "\"data\":{",
        "\"data\":tru",
      })
  void refusesJsonOfNoEvent(String member) {
    assertThat(
            HttpEvents.read(
                Map.of("content-type", List.of(JSON)), structured(member).getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            Received.Malformed.class, it -> assertThat(it.status()).isEqualTo(400));
  }

  @Property
  @Label("C2: the reader reads what the SDK reads, in structured mode")
  void readsStructuredModeAsTheSdkDoes(@ForAll("texts") String value, @ForAll("json") String data)
      throws IOException {
    // Given
    Map<String, Object> members = new TreeMap<>();
    members.put("specversion", "1.0");
    members.put("id", "1");
    members.put("source", "/s");
    members.put("type", "t" + value);
    members.put("subject", value);
    members.put("flag", true);
    members.put("number", 7);
    members.put("data", Json.parse(data.getBytes(UTF_8)));
    byte[] body = Json.mapper().writeValueAsBytes(members);
    // When
    CloudEvent ours = event(Map.of("content-type", JSON), body);
    CloudEvent theirs = SDK.deserialize(body);
    // Then
    assertThat(CloudEventBuilder.v1(ours).withoutData().build())
        .isEqualTo(CloudEventBuilder.v1(theirs).withoutData().build());
    assertThat(Json.parse(data(ours))).isEqualTo(Json.parse(data(theirs)));
  }

  // Set-up

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withCharRange(' ', '\ud7ff')
        .withChars("%\" \\\u20ac\ud83d\ude00")
        .ofMaxLength(12)
        .filter(AttributeText::allows);
  }

  /** What the SDK does not have to encode. */
  @Provide
  Arbitrary<String> plain() {
    return Arbitraries.strings()
        .withCharRange(' ', '~')
        .excludeChars('%', '"')
        .ofMinLength(1)
        .ofMaxLength(12);
  }

  @Provide
  Arbitrary<String> json() {
    return Arbitraries.of(
        "{}", "[]", "1", "-1.5", "\"a\"", "true", "null", "{\"a\":[1,{\"b\":\"\u20ac\"}]}");
  }

  private static Map<String, List<String>> binary() {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("ce-specversion", List.of("1.0"));
    headers.put("ce-id", List.of("1"));
    headers.put("ce-source", List.of("/s"));
    headers.put("ce-type", List.of("t"));
    return headers;
  }

  private static String structured(String member) {
    return "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"coin\","
        + "\"subject\":\"Z\u00fcrich\","
        + member
        + "}";
  }

  private static Map<String, String> written(CloudEvent event) {
    Map<String, String> headers = new HashMap<>();
    headers.put("body", new String(HttpEvents.write(event, headers::put), ISO_8859_1));
    return headers;
  }

  private static CloudEvent read(Map<String, String> written) {
    return event(written, Objects.requireNonNull(written.get("body")).getBytes(ISO_8859_1));
  }

  private static CloudEvent event(Map<String, String> headers, byte[] body) {
    Map<String, List<String>> lists = new HashMap<>();
    headers.forEach((name, value) -> lists.put(name, List.of(value)));
    return event(HttpEvents.read(lists, body));
  }

  private static CloudEvent event(Received received) {
    assertThat(received).isInstanceOf(Received.Event.class);
    return ((Received.Event) received).event();
  }

  private static byte[] data(CloudEvent event) {
    return Objects.requireNonNull(event.getData()).toBytes();
  }
}
