package dev.tiphys.images.training;

import dev.tiphys.triggers.plan.EventFilter;
import dev.tiphys.triggers.plan.EventPolicy;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Rule;
import dev.tiphys.triggers.plan.StepsTemplate;
import dev.tiphys.triggers.plan.Template;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;

/** A workflow that starts a {@code take} for each order, and orders come from outside. */
final class Orders {
  static final String TAKE = "take";

  private static final String ORDER = "training.order";

  private static final EventFilter FROM_OUTSIDE = new EventFilter(ORDER, new TreeMap<>(), true);

  private Orders() {}

  static Plan plan() {
    TreeMap<String, Template> templates = new TreeMap<>();
    templates.put(
        "main", new StepsTemplate("main", List.of(), List.of(List.of(CoinFlip.step(TAKE, null)))));
    templates.put(
        TAKE,
        CoinFlip.task(
            TAKE, CoinFlip.input("order", FROM_OUTSIDE, EventPolicy.CREATE), "training.taken"));
    List<Rule> rules = List.of(new Rule.Start(FROM_OUTSIDE, "main", TAKE));
    return new Plan("orders", "orders-", "main", List.of(), null, templates, rules);
  }

  static CloudEvent order(int n) {
    return CloudEventBuilder.v1()
        .withId("order-" + n)
        .withSource(URI.create("/shop"))
        .withType(ORDER)
        .withData(CoinFlip.JSON, "{\"content\":\"1\"}".getBytes(StandardCharsets.UTF_8))
        .build();
  }
}
