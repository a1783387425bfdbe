/**
 * The {@code networkproxy}: one event per HTTP exchange that passes it, or what the events of other
 * sidecars of the same task come to. A server and a client of Jetty's do the protocol; what is here
 * observes, counts, and remembers.
 */
@NullMarked
package dev.tiphys.sidecars.proxy;

import org.jspecify.annotations.NullMarked;
