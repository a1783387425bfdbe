package dev.tiphys.compiler.model;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code env}.
 *
 * @param value empty where it comes from elsewhere
 * @param valueFrom where the cluster takes the value from; null: it is {@code value}
 */
public record EnvironmentVariable(
    Located<String> name, TaggedText value, @Nullable JsonNode valueFrom) {}
