package dev.tiphys.functions.kubernetes.pod;

/**
 * The WorkflowRun that a pod belongs to.
 *
 * @param uid of that very object, so that a namesake does not inherit its pods
 * @param sink address of the run's Broker
 */
public record RunRef(String name, String uid, String sink) {}
