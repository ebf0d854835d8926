package adanalytics.event;

/** An ad was clicked. */
public class Click extends AdEvent {
  public String clickId;

  @Override
  public String id() {
    return clickId;
  }
}
