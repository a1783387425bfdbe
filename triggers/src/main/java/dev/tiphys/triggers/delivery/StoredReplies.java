package dev.tiphys.triggers.delivery;

import dev.tiphys.triggers.broker.Subscriber.Response;
import io.cloudevents.CloudEvent;
import java.util.concurrent.ExecutionException;

/** Replies of a broker that stores: one is stored before the event that it answers ends. */
public record StoredReplies(Intake intake) implements Subscription.Replies {
  private static final int UNAVAILABLE = 503;

  @Override
  public Response publish(Response response, TimeToLive timeToLive) {
    CloudEvent reply = response.reply();
    if (!response.success() || reply == null) {
      return response;
    }
    try {
      intake.reply(reply, timeToLive).get();
      return response;
    } catch (ExecutionException e) {
      return Response.problem(UNAVAILABLE, "the reply is not published: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Response.problem(UNAVAILABLE, "the reply is not published: interrupted");
    }
  }
}
