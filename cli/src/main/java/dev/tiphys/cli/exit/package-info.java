/**
 * How a call of {@code tiphys} ends: its exit codes, and what is said of a wrong call and of a bug.
 */
@NullMarked
package dev.tiphys.cli.exit;

import org.jspecify.annotations.NullMarked;
