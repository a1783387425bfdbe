package dev.tiphys.compiler.model;

/** A value that a step gives to an input of its template. */
public record Argument(Located<String> name, TaggedText value) {}
