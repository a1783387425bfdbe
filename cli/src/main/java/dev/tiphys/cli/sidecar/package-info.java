/** {@code tiphys sidecar check}: whether a program keeps the contract of event sidecars. */
@NullMarked
package dev.tiphys.cli.sidecar;

import org.jspecify.annotations.NullMarked;
