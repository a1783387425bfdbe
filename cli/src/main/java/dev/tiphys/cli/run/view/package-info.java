/** What {@code tiphys run} shows: pure functions from what was observed to lines of text. */
@NullMarked
package dev.tiphys.cli.run.view;

import org.jspecify.annotations.NullMarked;
