/**
 * The {@code tiphys} command: one class per subcommand, each a thin shell around the module that
 * does the work. Results go to standard output, everything that is said about them to standard
 * error.
 */
@NullMarked
package dev.tiphys.cli;

import org.jspecify.annotations.NullMarked;
