/**
 * The process runtime: every instance of a task is a process of this machine, in a folder of its
 * own, with its sidecars beside it in this JVM. Takes the place that a cluster's pods and the run
 * watcher have.
 */
@NullMarked
package dev.tiphys.cli.run.process;

import org.jspecify.annotations.NullMarked;
