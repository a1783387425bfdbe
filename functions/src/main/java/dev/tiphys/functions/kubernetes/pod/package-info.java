/**
 * Instances and pods: what is created for one, and what one that exists says. Pure; who talks to
 * the API server is the package around this one.
 */
@NullMarked
package dev.tiphys.functions.kubernetes.pod;

import org.jspecify.annotations.NullMarked;
