package dev.tiphys.sidecars.watch;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where events are posted.
 *
 * @param audience whom a token has to be for that is shown there; null: none is
 */
record Sink(URI address, @Nullable String audience) {}
