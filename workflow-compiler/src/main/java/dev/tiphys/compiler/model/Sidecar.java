package dev.tiphys.compiler.model;

import dev.tiphys.triggers.plan.EventSidecar;

/** An event sidecar, and where its name, its image and the type of its events stand. */
public record Sidecar(
    Located<String> name, Located<String> image, Located<String> eventType, EventSidecar watcher) {}
