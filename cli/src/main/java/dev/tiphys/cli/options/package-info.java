/**
 * Options that several commands take, and how their values are written. A command mixes them in, so
 * that one option has one name and one meaning everywhere.
 */
@NullMarked
package dev.tiphys.cli.options;

import org.jspecify.annotations.NullMarked;
