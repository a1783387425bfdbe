/** What every event sidecar is given: where it publishes, whose events they are, and the key. */
@NullMarked
package dev.tiphys.sidecars.contract;

import org.jspecify.annotations.NullMarked;
