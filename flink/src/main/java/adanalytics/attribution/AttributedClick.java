package adanalytics.attribution;

import adanalytics.event.Click;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** A click with the impression it belongs to. */
public class AttributedClick {
  public Click click;
  public ImpressionState impression;

  /** The rules that the click breaks; empty for a valid click. */
  public List<String> invalidReasons;

  public AttributedClick() {}

  /** How Flink serializes it. */
  public static TypeInformation<AttributedClick> type() {
    return AttributionTypes.attributedClick();
  }

  AttributedClick(Click click, ImpressionState impression, List<String> invalidReasons) {
    this.click = click;
    this.impression = impression;
    this.invalidReasons = invalidReasons;
  }
}
