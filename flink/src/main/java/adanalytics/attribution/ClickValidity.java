package adanalytics.attribution;

import adanalytics.event.Click;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Why an attributed click is invalid traffic: the rules that look at one click and its impression.
 * MRC's guidelines name the categories (general invalid traffic), vendors the thresholds.
 */
public final class ClickValidity implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long tooFastMillis;

  /**
   * @param tooFastMillis a click sooner than this after its impression is no human's
   */
  public ClickValidity(long tooFastMillis) {
    this.tooFastMillis = tooFastMillis;
  }

  /** 0x0 and 1x1 are the sizes of tracking pixels: nobody can see or click such an ad. */
  static boolean isInvalidPlacement(Integer width, Integer height) {
    return width != null && height != null && width.equals(height) && (width == 0 || width == 1);
  }

  /**
   * @param impression the click's impression, with the number of clicks attributed to it before
   *     this one
   * @return the rules that the click breaks, in a fixed order; empty for a valid click
   */
  public List<String> invalidReasons(Click click, ImpressionState impression) {
    List<String> reasons = new ArrayList<>(0);
    if (impression.attributedClicks > 0) {
      reasons.add("duplicate_click");
    }
    if (click.eventTime - impression.eventTime < tooFastMillis) {
      reasons.add("too_fast_click");
    }
    if (impression.invalidPlacement) {
      reasons.add("invalid_placement");
    }
    if (click.knownBot) {
      reasons.add("known_bot");
    }
    return reasons;
  }
}
