package adanalytics.event;

/**
 * The input stream that a record came from; its name is the {@code source} of rejected and late
 * events.
 */
public enum EventKind {
  IMPRESSION("impression"),
  CLICK("click");

  private final String label;

  EventKind(String label) {
    this.label = label;
  }

  /** The name in the contract, which is also the name of its JSON Schema. */
  public String label() {
    return label;
  }
}
