package adanalytics.event;

/**
 * Which of the two input streams a record came from; its name is the {@code source} of rejected and
 * late events.
 */
public enum EventKind {
  IMPRESSION("impression"),
  CLICK("click");

  private final String label;

  EventKind(String label) {
    this.label = label;
  }

  /** The word of the contract, also the name of its JSON Schema. */
  public String label() {
    return label;
  }
}
