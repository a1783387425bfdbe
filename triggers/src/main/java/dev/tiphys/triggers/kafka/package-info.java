/**
 * The broker over Apache Kafka: one topic for each broker, one consumer group for each Trigger. It
 * needs the Kafka client and the CloudEvents Kafka binding, which who uses it brings along.
 */
@NullMarked
package dev.tiphys.triggers.kafka;

import org.jspecify.annotations.NullMarked;
