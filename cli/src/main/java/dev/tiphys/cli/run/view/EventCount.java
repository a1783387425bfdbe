package dev.tiphys.cli.run.view;

/**
 * How many events of a type there were.
 *
 * @param perSecond how many in the last second
 */
public record EventCount(String type, long total, long perSecond) {}
