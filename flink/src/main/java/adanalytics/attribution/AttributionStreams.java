package adanalytics.attribution;

import adanalytics.event.Click;
import adanalytics.event.EventTypes;
import adanalytics.event.Impression;
import adanalytics.event.InputRecord;
import adanalytics.event.LateEvent;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The streams that attribution makes from the two inputs: accepted events, resolved clicks, and
 * late events.
 */
public final class AttributionStreams {
  /** One for each accepted impression, emitted immediately. */
  public final DataStream<Impression> impressions;

  /** One for each accepted click, emitted immediately. */
  public final DataStream<Click> clicks;

  /**
   * One for each accepted click that has an impression, once the watermark has reached the click.
   */
  public final DataStream<AttributedClick> attributedClicks;

  /**
   * One for each accepted click without an impression, once the watermark has reached the click.
   */
  public final DataStream<Click> unattributedClicks;

  /**
   * One for each impression that was restored from a snapshot of release 0.1.0, once its
   * attribution window has closed. All other impressions are added to the settled figures when they
   * are accepted.
   */
  public final DataStream<SettledImpression> settledImpressions;

  public final DataStream<LateEvent> lateEvents;

  /**
   * Adds the operators to the job.
   *
   * @param impressionRecords impressions, none of them rejected, with timestamps and watermarks
   * @param clickRecords clicks, under the same conditions
   * @param windowMillis the attribution window
   * @param outOfOrdernessMillis how far behind the greatest event time of its shard an event may be
   * @param validity the rules for invalid clicks
   */
  public AttributionStreams(
      DataStream<InputRecord<Impression>> impressionRecords,
      DataStream<InputRecord<Click>> clickRecords,
      long windowMillis,
      long outOfOrdernessMillis,
      ClickValidity validity) {
    SingleOutputStreamOperator<Click> distinctClicks =
        impressionRecords
            .filter(record -> false)
            .name("impressions-watermark")
            .uid("impressions-watermark")
            .connect(clickRecords)
            .keyBy(
                record -> record.event.impressionId, record -> record.event.clickId, Types.STRING)
            .transform(
                "click-deduplication",
                EventTypes.click(),
                new StrictEventTimeOperator<>(
                    new ClickDeduplicator(windowMillis, outOfOrdernessMillis)))
            .uid("click-deduplication");
    SingleOutputStreamOperator<Impression> distinctImpressions =
        impressionRecords
            .connect(distinctClicks)
            .keyBy(record -> record.event.impressionId, click -> click.impressionId, Types.STRING)
            .transform(
                "attribution",
                EventTypes.impression(),
                new StrictEventTimeOperator<>(
                    new ClickAttribution(windowMillis, outOfOrdernessMillis, validity)))
            .uid("attribution");
    impressions = distinctImpressions;
    clicks = distinctClicks;
    attributedClicks = distinctImpressions.getSideOutput(ClickAttribution.ATTRIBUTED);
    unattributedClicks = distinctImpressions.getSideOutput(ClickAttribution.UNATTRIBUTED);
    settledImpressions = distinctImpressions.getSideOutput(ClickAttribution.SETTLED);
    lateEvents =
        distinctImpressions
            .getSideOutput(ClickAttribution.LATE)
            .union(distinctClicks.getSideOutput(ClickDeduplicator.LATE));
  }
}
