package dev.tiphys.functions.kubernetes.pod;

/**
 * What all pods of an installation share.
 *
 * @param sidecarsImage the image that holds the programs of the event sidecars
 */
public record PodSettings(String sidecarsImage) {}
