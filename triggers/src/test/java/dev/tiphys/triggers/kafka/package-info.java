/** Tests of the broker over Kafka, with Kafka's own server in a process beside them. */
@NullMarked
package dev.tiphys.triggers.kafka;

import org.jspecify.annotations.NullMarked;
