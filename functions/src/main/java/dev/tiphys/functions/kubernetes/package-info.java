/**
 * The ports over the API server: runs are WorkflowRun resources, instances are pods, keys are
 * Secrets, plans are ConfigMaps.
 */
@NullMarked
package dev.tiphys.functions.kubernetes;

import org.jspecify.annotations.NullMarked;
