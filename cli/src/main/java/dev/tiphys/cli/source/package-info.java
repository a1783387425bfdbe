/**
 * The workflow files that a call names: they are read and compiled here, and what the compiler
 * finds in them is printed for people.
 */
@NullMarked
package dev.tiphys.cli.source;

import org.jspecify.annotations.NullMarked;
