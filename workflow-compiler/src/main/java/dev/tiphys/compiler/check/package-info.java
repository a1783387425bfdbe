/** What a well-shaped workflow can still get wrong: one rule, one class. */
@NullMarked
package dev.tiphys.compiler.check;

import org.jspecify.annotations.NullMarked;
