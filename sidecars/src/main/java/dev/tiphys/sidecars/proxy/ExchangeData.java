package dev.tiphys.sidecars.proxy;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The data of the event that an exchange becomes.
 *
 * @param host with its port where the request names one
 * @param path without query, which may hold secrets; of a tunnel {@code host:port}
 * @param status null: there was no answer
 * @param durationMs from the request's head to the answer's end, or to the tunnel's
 * @param error why the exchange was not whole
 * @param missed exchanges since the last event that got none, as there was no room for theirs
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExchangeData(
    String method,
    String host,
    String path,
    @Nullable Integer status,
    long durationMs,
    Message request,
    Message response,
    @Nullable String error,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) long missed) {

  /**
   * One direction of an exchange.
   *
   * @param size bytes of its body, or of the tunnel
   * @param headers those that are wanted
   * @param body the beginning of it, as text or in base64; null where it is not wanted
   */
  record Message(
      long size,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, String> headers,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String body,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean base64,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean truncated) {}

  ExchangeData withMissed(long other) {
    return new ExchangeData(
        method, host, path, status, durationMs, request, response, error, other);
  }
}
