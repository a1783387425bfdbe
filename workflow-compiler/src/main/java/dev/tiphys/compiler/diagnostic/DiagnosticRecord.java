package dev.tiphys.compiler.diagnostic;

import com.fasterxml.jackson.annotation.JsonInclude;

/** A {@link Diagnostic} as JSON has it; a public format, so names and types stay. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record DiagnosticRecord(
    String code, String severity, String file, int line, int column, String message, String hint) {}
