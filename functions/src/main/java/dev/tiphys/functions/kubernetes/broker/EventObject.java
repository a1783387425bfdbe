package dev.tiphys.functions.kubernetes.broker;

import dev.tiphys.functions.kubernetes.api.Marks;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** An event, as the API server keeps it. */
@Group(Marks.GROUP)
@Version(EventObject.VERSION)
@Kind("Event")
@Singular("event")
@Plural("events")
public final class EventObject extends CustomResource<EventSpec, EventStatus>
    implements Namespaced {
  static final String VERSION = "v1alpha1";
  private static final long serialVersionUID = 1L;
}
