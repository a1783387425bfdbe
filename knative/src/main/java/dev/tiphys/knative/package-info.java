/**
 * Turns a Plan into the Knative and Kubernetes objects that run it, and those objects' Triggers
 * back into what the embedded broker routes by. Pure builders: no cluster is asked for anything.
 */
@NullMarked
package dev.tiphys.knative;

import org.jspecify.annotations.NullMarked;
