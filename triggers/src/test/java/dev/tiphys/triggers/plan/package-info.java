/** Tests of the Plan. */
@NullMarked
package dev.tiphys.triggers.plan;

import org.jspecify.annotations.NullMarked;
