/**
 * Delivery as every broker in this process does it: a lane for each partition key of a Trigger,
 * tries with growing waits, replies, dead letters.
 */
@NullMarked
package dev.tiphys.triggers.delivery;

import org.jspecify.annotations.NullMarked;
