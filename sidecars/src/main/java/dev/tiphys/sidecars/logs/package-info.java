/**
 * The {@code stdoutwatcher} on a cluster: it reads its task's output where the container runtime or
 * the API server keeps it, and goes on there after a restart with the same numbers.
 */
@NullMarked
package dev.tiphys.sidecars.logs;

import org.jspecify.annotations.NullMarked;
