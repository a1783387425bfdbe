/** What the compiler promises, by examples and properties. */
@NullMarked
package dev.tiphys.compiler;

import org.jspecify.annotations.NullMarked;
