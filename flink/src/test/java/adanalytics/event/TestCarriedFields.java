package adanalytics.event;

import java.util.List;

/** Carried fields for tests. */
public final class TestCarriedFields {
  private TestCarriedFields() {}

  public static CarriedFields of(String... names) {
    return new CarriedFields(List.of(names), EventSchema.of(EventKind.IMPRESSION));
  }
}
