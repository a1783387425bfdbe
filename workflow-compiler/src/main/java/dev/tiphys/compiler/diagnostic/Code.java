package dev.tiphys.compiler.diagnostic;

import static dev.tiphys.compiler.diagnostic.Severity.ERROR;
import static dev.tiphys.compiler.diagnostic.Severity.WARNING;

import java.util.Locale;

/** The kinds of mistakes. Their ids are public and stable; each has an example among the tests. */
public enum Code {
  // what is no readable YAML
  FILE_TOO_LARGE(ERROR),
  INVALID_YAML(ERROR),
  EMPTY_FILE(ERROR),
  SEVERAL_DOCUMENTS(ERROR),
  NESTED_TOO_DEEP(ERROR),
  INVALID_ALIAS(ERROR),
  TOO_MANY_ALIASES(ERROR),
  DUPLICATE_KEY(ERROR),
  UNQUOTED_REFERENCE(ERROR),

  // what has not the shape of a workflow
  WRONG_TYPE(ERROR),
  MISSING_FIELD(ERROR),
  UNKNOWN_FIELD(ERROR),
  UNSUPPORTED_FIELD(ERROR),
  UNKNOWN_VALUE(ERROR),
  UNSUPPORTED_VALUE(ERROR),
  CONFLICTING_FIELDS(ERROR),
  EMPTY_STEPS(ERROR),
  INVALID_NUMBER(ERROR),
  INVALID_NAME(ERROR),
  INVALID_IMAGE(ERROR),
  INVALID_OBJECT_FIELD(ERROR),
  INVALID_ATTRIBUTE(ERROR),
  INVALID_SINK(ERROR),
  INVALID_PROXY(ERROR),
  UNKNOWN_SIDECAR_PARAMETER(ERROR),
  INVALID_REFERENCE(ERROR),
  UNSUPPORTED_EXPRESSION(ERROR),
  INVALID_CONDITION(ERROR),
  UNSUPPORTED_OPERATOR(ERROR),

  // names
  DUPLICATE_NAME(ERROR),
  RESERVED_NAME(ERROR),
  RESERVED_EVENT_TYPE(ERROR),
  ENVIRONMENT_CLASH(ERROR),
  UNKNOWN_TEMPLATE(ERROR),
  UNKNOWN_PARAMETER(ERROR),
  UNKNOWN_VOLUME(ERROR),
  UNKNOWN_VARIABLE(ERROR),
  UNSUPPORTED_VARIABLE(ERROR),
  AMBIGUOUS_REFERENCE(ERROR),
  MISSING_ARGUMENT(ERROR),
  UNEXPECTED_ARGUMENT(ERROR),

  // events
  SEVERAL_CREATE_INPUTS(ERROR),
  EVENT_INPUT_ON_STEPS(ERROR),
  ENTRYPOINT_EVENT_NOT_EXTERNAL(ERROR),
  NO_EVENT_VALUE(ERROR),
  NOT_EVENT_STARTED(ERROR),
  EVENT_VALUE_IN_CODE(ERROR),
  LATER_EMITTER(ERROR),
  EVENT_CYCLE(ERROR),
  ENDLESS_RECURSION(ERROR),
  EXTERNAL_EVENT(WARNING),
  ENDLESS_EMITTER(WARNING),
  UNUSED_TEMPLATE(WARNING);

  private final Severity severity;

  Code(Severity severity) {
    this.severity = severity;
  }

  /** How bad mistakes of this kind are. */
  public Severity severity() {
    return severity;
  }

  /** As it is printed: {@code unknown-field}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
