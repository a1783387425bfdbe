/**
 * The broker in the same process: every Trigger has a queue of its own for each partition key,
 * which is delivered in order, retried, and at last dead-lettered, as a Knative broker does it.
 */
@NullMarked
package dev.tiphys.triggers.embedded;

import org.jspecify.annotations.NullMarked;
