package adanalytics.attribution;

import adanalytics.event.Click;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rules that mark an attributed click as invalid traffic by looking at the click and its
 * impression. The categories are those of the MRC guidelines (general invalid traffic); the
 * thresholds are those that vendors publish.
 */
public final class ClickValidity implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final String DUPLICATE_CLICK = "duplicate_click";
  private static final String TOO_FAST_CLICK = "too_fast_click";
  private static final String INVALID_PLACEMENT = "invalid_placement";
  private static final String KNOWN_BOT = "known_bot";

  /** All reasons, in the order in which a result lists them. */
  public static final List<String> REASONS =
      List.of(DUPLICATE_CLICK, TOO_FAST_CLICK, INVALID_PLACEMENT, KNOWN_BOT);

  private final long tooFastMillis;
  private final HashSet<String> enabled;

  /**
   * All reasons are enabled.
   *
   * @param tooFastMillis a click sooner than this after its impression is not made by a person
   */
  public ClickValidity(long tooFastMillis) {
    this(tooFastMillis, Set.copyOf(REASONS));
  }

  /**
   * @param tooFastMillis a click sooner than this after its impression is not made by a person
   * @param enabled the reasons that make a click invalid; the others are not reported. The state of
   *     the operators does not depend on this setting.
   */
  public ClickValidity(long tooFastMillis, Set<String> enabled) {
    this.tooFastMillis = tooFastMillis;
    this.enabled = new HashSet<>(enabled);
  }

  /** 0x0 and 1x1 are the sizes of tracking pixels: no one can see or click such an ad. */
  static boolean isInvalidPlacement(Integer width, Integer height) {
    return width != null && height != null && width.equals(height) && (width == 0 || width == 1);
  }

  /**
   * @param impression the click's impression, with the number of clicks attributed to it before
   *     this one
   * @return the enabled rules that the click breaks, in a fixed order; empty for a valid click
   */
  public List<String> invalidReasons(Click click, ImpressionState impression) {
    List<String> reasons = new ArrayList<>(0);
    addIf(impression.attributedClicks > 0, DUPLICATE_CLICK, reasons);
    addIf(click.eventTime - impression.eventTime < tooFastMillis, TOO_FAST_CLICK, reasons);
    addIf(impression.invalidPlacement, INVALID_PLACEMENT, reasons);
    addIf(click.knownBot, KNOWN_BOT, reasons);
    return reasons;
  }

  private void addIf(boolean broken, String reason, List<String> reasons) {
    if (broken && enabled.contains(reason)) {
      reasons.add(reason);
    }
  }
}
