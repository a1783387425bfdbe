/** What the programs of the sidecars' image have in common. */
@NullMarked
package dev.tiphys.sidecars.program;

import org.jspecify.annotations.NullMarked;
