package dev.tiphys.compiler.model;

/** One entry of {@code env}. */
public record EnvironmentVariable(Located<String> name, TaggedText value) {}
