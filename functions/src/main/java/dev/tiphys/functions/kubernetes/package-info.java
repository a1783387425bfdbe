/**
 * The ports over the API server: runs are WorkflowRun resources, instances are pods, keys are the
 * root key a Secret, plans are Plans.
 */
@NullMarked
package dev.tiphys.functions.kubernetes;

import org.jspecify.annotations.NullMarked;
