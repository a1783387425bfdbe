package dev.tiphys.triggers.delivery;

import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Trigger;
import io.cloudevents.CloudEvent;

/** An event for one Subscriber on behalf of a Trigger: its own one, or its dead-letter sink. */
record Parcel(Trigger trigger, Subscriber to, CloudEvent event) {}
