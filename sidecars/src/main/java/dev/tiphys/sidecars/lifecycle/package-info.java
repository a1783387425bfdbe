/** The {@code lifecyclewatcher}: an event when a task has started or ended. */
@NullMarked
package dev.tiphys.sidecars.lifecycle;

import org.jspecify.annotations.NullMarked;
