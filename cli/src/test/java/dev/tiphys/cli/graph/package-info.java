/** What is drawn, and how it is written. */
@NullMarked
package dev.tiphys.cli.graph;

import org.jspecify.annotations.NullMarked;
