package dev.tiphys.triggers.delivery;

/**
 * What bounds an embedded broker's memory.
 *
 * @param laneCapacity events that a lane takes before publishers have to wait
 * @param liveLanes lanes of one Trigger that may hold events at the same time; the publishers of
 *     further keys have to wait
 * @param waitingReplies replies that may wait for room in the whole broker; above it a delivery
 *     that replies counts as failed with 503
 */
public record Limits(int laneCapacity, int liveLanes, int waitingReplies) {
  public static final Limits DEFAULT = new Limits(256, 1024, 1024);

  public Limits {
    if (laneCapacity < 1 || liveLanes < 1 || waitingReplies < 1) {
      throw new IllegalArgumentException("a limit below 1 lets nothing pass");
    }
  }
}
