/** YAML text as a tree whose every node knows where it stands. */
@NullMarked
package dev.tiphys.compiler.source;

import org.jspecify.annotations.NullMarked;
