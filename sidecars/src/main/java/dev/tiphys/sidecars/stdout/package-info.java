/** The {@code stdoutwatcher}: one event per line that a task writes. */
@NullMarked
package dev.tiphys.sidecars.stdout;

import org.jspecify.annotations.NullMarked;
