/** Translates a workflow without mistakes into its Plan. */
@NullMarked
package dev.tiphys.compiler.plan;

import org.jspecify.annotations.NullMarked;
