/**
 * The publisher that all sidecars share: numbers one stream of events, signs them, and gets each to
 * the sink in order, whatever the network does; then ends the stream with a marker.
 */
@NullMarked
package dev.tiphys.sidecars.publish;

import org.jspecify.annotations.NullMarked;
