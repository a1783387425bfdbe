/** Mistakes as values: what is wrong, where, and what to do about it. */
@NullMarked
package dev.tiphys.compiler.diagnostic;

import org.jspecify.annotations.NullMarked;
