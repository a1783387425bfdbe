package dev.tiphys.sidecars.file;

/**
 * A regular file as it is at one moment. Equal states of one path are the same content, as far as
 * can be known without reading it.
 *
 * @param size in bytes
 * @param mtime time of the last change, in nanoseconds since 1970
 */
record FileState(long inode, long size, long mtime) {}
