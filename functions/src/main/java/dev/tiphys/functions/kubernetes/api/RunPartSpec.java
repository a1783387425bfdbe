package dev.tiphys.functions.kubernetes.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * What a part of a run or a plan holds.
 *
 * @param purpose what its owner keeps in parts of its kind
 * @param shard which of them, from 0
 * @param data ASCII, 256 KiB at most; only the functions and {@code tiphys dead-letters} read it
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunPartSpec(String purpose, int shard, String data) {}
