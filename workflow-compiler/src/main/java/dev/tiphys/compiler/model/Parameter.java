package dev.tiphys.compiler.model;

import org.jspecify.annotations.Nullable;

/** A parameter of the workflow; null value: each run must bring one. */
public record Parameter(Located<String> name, @Nullable String value) {}
