/**
 * Whole runs in virtual time: the real broker, the real functions, and a cluster, tasks and
 * sidecars that misbehave in every way that a seed can think of.
 */
@NullMarked
package dev.tiphys.tests.simulation;

import org.jspecify.annotations.NullMarked;
