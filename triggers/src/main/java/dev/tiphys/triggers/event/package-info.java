/**
 * The vocabulary of events: attribute names, own event types, identity, position in a stream,
 * signature.
 */
@NullMarked
package dev.tiphys.triggers.event;

import org.jspecify.annotations.NullMarked;
