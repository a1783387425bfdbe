/** The state of a run: its tree of nodes, what it has heard, what was done. Immutable values. */
@NullMarked
package dev.tiphys.functions.run;

import org.jspecify.annotations.NullMarked;
