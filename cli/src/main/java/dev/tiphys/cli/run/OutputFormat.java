package dev.tiphys.cli.run;

/** What a run prints on standard output. */
public enum OutputFormat {
  /** What happens, for people. */
  TEXT,
  /** One {@link RunReport} at the end; what is for people goes to standard error. */
  JSON
}
