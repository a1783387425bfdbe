/** The ports in memory: for the local run, where the process is the cluster, and for tests. */
@NullMarked
package dev.tiphys.functions.memory;

import org.jspecify.annotations.NullMarked;
