package dev.tiphys.knative;

import dev.tiphys.triggers.broker.Trigger.Address;
import io.fabric8.knative.duck.v1.Destination;
import io.fabric8.knative.duck.v1.DestinationBuilder;
import io.fabric8.knative.duck.v1.KReference;
import org.jspecify.annotations.Nullable;

/** Addresses of Knative Services, from ours to Knative's and back. */
final class Destinations {
  private static final String API_VERSION = "serving.knative.dev/v1";
  private static final String KIND = "Service";

  private Destinations() {}

  /**
   * @param audience whom the token is for that is shown there; null: none is
   */
  static Destination toKnative(Address address, @Nullable String audience) {
    return new DestinationBuilder()
        .withNewRef()
        .withApiVersion(API_VERSION)
        .withKind(KIND)
        .withName(address.service())
        .endRef()
        .withUri(address.path())
        .withAudience(audience)
        .build();
  }

  /**
   * @throws IllegalArgumentException if it is no path of a Knative Service
   */
  static Address fromKnative(Destination destination) {
    KReference ref = destination.getRef();
    if (ref == null || !KIND.equals(ref.getKind()) || !API_VERSION.equals(ref.getApiVersion())) {
      throw new IllegalArgumentException("not a Knative Service: " + destination);
    }
    return new Address(ref.getName(), destination.getUri() == null ? "/" : destination.getUri());
  }
}
