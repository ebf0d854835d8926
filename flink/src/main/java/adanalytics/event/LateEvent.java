package adanalytics.event;

/** An event that came too late for any window or join. */
public class LateEvent {
  public String source;
  public String eventId;

  /** Milliseconds since the epoch. */
  public long eventTime;

  /** How far the event is behind the greatest event time seen before it, in milliseconds. */
  public long latenessMs;

  public RecordPosition position;

  public LateEvent() {}

  public LateEvent(EventKind kind, AdEvent event, long latenessMs, RecordPosition position) {
    this.source = kind.label();
    this.eventId = event.id();
    this.eventTime = event.eventTime;
    this.latenessMs = latenessMs;
    this.position = position;
  }
}
