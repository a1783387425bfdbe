/**
 * Our resources on a cluster, WorkflowRun and Plan, and the names that objects carry there: what
 * the functions, the manifests, the run watcher and the command agree on.
 */
@NullMarked
package dev.tiphys.functions.kubernetes.api;

import org.jspecify.annotations.NullMarked;
