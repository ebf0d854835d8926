package adanalytics.attribution;

import adanalytics.event.Click;
import java.util.List;

/** A click with the impression it belongs to. */
public final class AttributedClick {
  public final Click click;
  public final ImpressionState impression;
  public final List<String> invalidReasons;

  AttributedClick(Click click, ImpressionState impression, List<String> invalidReasons) {
    this.click = click;
    this.impression = impression;
    this.invalidReasons = invalidReasons;
  }
}
