/** The Plan: what a compiled workflow is, and what fires what in it. Immutable and closed. */
@NullMarked
package dev.tiphys.triggers.plan;

import org.jspecify.annotations.NullMarked;
