package dev.tiphys.compiler.taint;

/** Where a value comes from that somebody without any right may have chosen. */
public sealed interface Source {
  /** An event, whose value an input takes: it creates, updates or begins. */
  record Event() implements Source {}

  /** A parameter of the workflow: an event that begins a run may set it. */
  record Parameter(String name) implements Source {}
}
