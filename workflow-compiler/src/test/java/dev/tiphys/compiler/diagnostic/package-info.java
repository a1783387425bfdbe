/** How mistakes are shown. */
@NullMarked
package dev.tiphys.compiler.diagnostic;

import org.jspecify.annotations.NullMarked;
