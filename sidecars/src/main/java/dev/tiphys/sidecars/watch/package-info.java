/**
 * The run watcher: sees task pods and runs of a namespace as they change, and publishes what the
 * functions and lifecyclewatchers want to know of it.
 */
@NullMarked
package dev.tiphys.sidecars.watch;

import org.jspecify.annotations.NullMarked;
