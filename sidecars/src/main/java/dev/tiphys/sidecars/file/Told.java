package dev.tiphys.sidecars.file;

/**
 * What was told of a path last.
 *
 * @param closed whether its content was known to be closed
 */
record Told(FileState state, boolean closed) {}
