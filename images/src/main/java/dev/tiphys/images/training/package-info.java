/**
 * What the programs do while their JVM learns: the work of their first seconds on a cluster, with
 * stand-ins for what they talk to.
 */
@NullMarked
package dev.tiphys.images.training;

import org.jspecify.annotations.NullMarked;
