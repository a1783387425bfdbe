package dev.tiphys.cli.options;

/** What a command about runs prints on standard output. */
public enum OutputFormat {
  /** What happens, for people. */
  TEXT,
  /** For programs; what is for people goes to standard error. */
  JSON
}
