package dev.tiphys.functions.kubernetes.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * What a Plan holds; it never changes.
 *
 * @param plan the JSON of {@code dev.tiphys.triggers.plan.Plan}, whose id is the object's name
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PlanSpec(String plan) {}
