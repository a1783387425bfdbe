/**
 * A broker whose events are objects of the API server: publish and subscribe without any other
 * system.
 */
@NullMarked
package dev.tiphys.functions.kubernetes.broker;

import org.jspecify.annotations.NullMarked;
