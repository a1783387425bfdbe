/** Shows a broker's events to whoever reads a pod's log. */
@NullMarked
package dev.tiphys.sidecars.tail;

import org.jspecify.annotations.NullMarked;
