package dev.tiphys.functions.kubernetes.broker;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The event itself.
 *
 * @param broker name of the broker that it was published to
 * @param published nanoseconds since 1970; grows with each event of one process
 * @param attributes context attributes and extensions, as text
 * @param data as text, where it is some; byte for byte what was signed
 * @param dataBase64 any other data
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventSpec(
    String broker,
    long published,
    SortedMap<String, String> attributes,
    @Nullable String data,
    @Nullable String dataBase64) {}
