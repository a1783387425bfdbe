/** The commands, called in this process with their streams captured. */
@NullMarked
package dev.tiphys.cli;

import org.jspecify.annotations.NullMarked;
