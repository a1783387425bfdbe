/** Tests of filters and of how they are matched. */
@NullMarked
package dev.tiphys.triggers.broker;

import org.jspecify.annotations.NullMarked;
