/**
 * The carrier as a program: a workflow's Broker for clusters whose events no Knative Broker is to
 * carry. It takes events by HTTP and dispatches each Trigger's to its Subscriber.
 */
@NullMarked
package dev.tiphys.sidecars.carrier;

import org.jspecify.annotations.NullMarked;
