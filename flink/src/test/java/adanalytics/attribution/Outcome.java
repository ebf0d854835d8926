package adanalytics.attribution;

import adanalytics.event.Click;
import adanalytics.event.Impression;
import adanalytics.event.InputRecord;
import adanalytics.event.LateEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The outcome of every event, as sorted lines of text. */
final class Outcome {
  final List<String> lines = new ArrayList<>();

  void accepted(Impression impression) {
    lines.add("impression " + impression.impressionId + " " + impression.eventTime);
  }

  void accepted(Click click) {
    lines.add("click " + click.clickId + " " + click.eventTime);
  }

  void late(LateEvent late) {
    lines.add(
        "late "
            + late.source
            + " "
            + late.eventId
            + " "
            + late.eventTime
            + " by "
            + late.latenessMs);
  }

  void attributed(AttributedClick click) {
    attributed(click.click, click.impression.eventTime, click.invalidReasons);
  }

  void unattributed(Click click) {
    lines.add("unattributed " + click.clickId + " " + click.eventTime);
  }

  private void attributed(Click click, long impressionTime, List<String> reasons) {
    lines.add(
        "attributed "
            + click.clickId
            + " "
            + click.eventTime
            + " to "
            + impressionTime
            + " "
            + reasons);
  }

  List<String> sorted() {
    Collections.sort(lines);
    return lines;
  }

  /** Computes the outcome of the contract, without streams, watermarks or removal of state. */
  static Outcome expected(Traffic traffic) {
    Outcome outcome = new Outcome();
    Map<String, List<Impression>> impressions = new HashMap<>();
    for (List<InputRecord<Impression>> shard : traffic.impressionShards) {
      for (InputRecord<Impression> record : shard) {
        Impression impression = record.event;
        List<Impression> same =
            impressions.computeIfAbsent(impression.impressionId, id -> new ArrayList<>());
        if (record.isLate()) {
          outcome.lines.add(
              "late impression "
                  + impression.impressionId
                  + " "
                  + impression.eventTime
                  + " by "
                  + record.latenessMs);
        } else if (same.stream()
            .noneMatch(first -> impression.eventTime <= first.eventTime + Traffic.WINDOW)) {
          same.add(impression);
          outcome.accepted(impression);
        }
      }
    }
    List<Click> clicks = new ArrayList<>();
    for (List<InputRecord<Click>> shard : traffic.clickShards) {
      for (InputRecord<Click> record : shard) {
        Click click = record.event;
        if (record.isLate()) {
          outcome.lines.add(
              "late click " + click.clickId + " " + click.eventTime + " by " + record.latenessMs);
        } else if (clicks.stream()
            .filter(first -> first.clickId.equals(click.clickId))
            .noneMatch(first -> click.eventTime <= first.eventTime + Traffic.WINDOW)) {
          clicks.add(click);
          outcome.accepted(click);
        }
      }
    }
    clicks.sort(
        Comparator.<Click>comparingLong(click -> click.eventTime)
            .thenComparing(click -> click.clickId));
    Map<Impression, Integer> clicksBefore = new HashMap<>();
    for (Click click : clicks) {
      Impression impression =
          impressions.getOrDefault(click.impressionId, List.of()).stream()
              .filter(
                  shown ->
                      shown.eventTime <= click.eventTime
                          && click.eventTime - shown.eventTime <= Traffic.WINDOW)
              .findFirst()
              .orElse(null);
      if (impression == null) {
        outcome.unattributed(click);
        continue;
      }
      List<String> reasons = new ArrayList<>();
      if (clicksBefore.merge(impression, 1, Integer::sum) > 1) {
        reasons.add("duplicate_click");
      }
      if (click.eventTime - impression.eventTime < Traffic.TOO_FAST) {
        reasons.add("too_fast_click");
      }
      outcome.attributed(click, impression.eventTime, reasons);
    }
    return outcome;
  }
}
