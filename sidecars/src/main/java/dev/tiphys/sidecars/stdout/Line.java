package dev.tiphys.sidecars.stdout;

/**
 * A line of output.
 *
 * @param content without its line end; bytes that are not UTF-8 are replaced by U+FFFD
 * @param truncated whether it was longer than the bound, and its rest left out
 */
public record Line(String content, boolean truncated) {}
