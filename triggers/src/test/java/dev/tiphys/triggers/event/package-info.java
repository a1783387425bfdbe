/** Tests of the vocabulary of events. */
@NullMarked
package dev.tiphys.triggers.event;

import org.jspecify.annotations.NullMarked;
