/**
 * The {@code filewatcher}: events when files of a volume have settled. {@link
 * dev.tiphys.sidecars.file.Settling} decides what has become of a file by comparing what is there
 * with what was told before; notifications of the kernel and scans only say where to look, so a
 * notification that is lost or late costs time and no event.
 */
@NullMarked
package dev.tiphys.sidecars.file;

import org.jspecify.annotations.NullMarked;
