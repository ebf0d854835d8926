package adanalytics.table;

import static adanalytics.table.Column.bigint;
import static adanalytics.table.Column.optionalBigint;
import static adanalytics.table.Column.optionalDouble;
import static adanalytics.table.Column.optionalString;
import static adanalytics.table.Column.string;
import static adanalytics.table.Column.strings;
import static adanalytics.table.Column.time;
import static adanalytics.table.Column.timestamp;

import adanalytics.attribution.AttributedClick;
import adanalytics.event.CarriedFields;
import adanalytics.event.Click;
import adanalytics.event.LateEvent;
import adanalytics.event.RejectedEvent;
import adanalytics.window.ActorWindow;
import adanalytics.window.UserWindow;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** All streams of the pipeline, with their columns. */
final class EventStreams {
  static final List<EventStream<?>> ALL =
      List.of(
          attributedClicks(),
          unattributedClicks(),
          shortActorWindows(),
          longActorWindows(),
          userWindows(),
          WindowTotalsStreams.dimensionWindows(),
          WindowTotalsStreams.settledWindows(),
          WindowTotalsStreams.publisherWindows(),
          WindowTotalsStreams.botWindows(),
          lateEvents(),
          rejectedEvents());

  private EventStreams() {}

  static String names() {
    return ALL.stream().map(stream -> stream.name).collect(Collectors.joining(", "));
  }

  private static EventStream<AttributedClick> attributedClicks() {
    List<Column<AttributedClick>> columns = new ArrayList<>();
    columns.addAll(
        List.of(
            string("click_id", e -> e.click.clickId),
            string("impression_id", e -> e.click.impressionId),
            string("user_id", e -> e.impression.userId),
            string("campaign_id", e -> e.impression.campaignId),
            string("ad_id", e -> e.impression.adId),
            string("publisher_id", e -> e.impression.publisherId),
            optionalString("device_type", e -> e.impression.deviceType),
            optionalString("country", e -> e.impression.country),
            optionalString("ip", e -> e.click.ip),
            time("impression_time", e -> e.impression.eventTime),
            time("event_time", e -> e.click.eventTime),
            bigint("time_to_click_ms", e -> e.click.eventTime - e.impression.eventTime),
            optionalBigint("cost_micros", e -> e.impression.costMicros),
            strings("invalid_reasons", e -> e.invalidReasons)));
    columns.addAll(CarriedColumns.of(CarriedFields.ofTheJar()));
    return new EventStream<>(
        "attributed_click", pipeline -> pipeline.attribution.attributedClicks, columns);
  }

  private static EventStream<Click> unattributedClicks() {
    return new EventStream<>(
        "unattributed_click",
        pipeline -> pipeline.attribution.unattributedClicks,
        List.of(
            string("click_id", e -> e.clickId),
            string("impression_id", e -> e.impressionId),
            string("user_id", e -> e.userId),
            string("campaign_id", e -> e.campaignId),
            string("ad_id", e -> e.adId),
            string("publisher_id", e -> e.publisherId),
            optionalString("ip", e -> e.ip),
            time("event_time", e -> e.eventTime)));
  }

  private static EventStream<ActorWindow> shortActorWindows() {
    return new EventStream<>(
        "short_actor_window",
        pipeline -> pipeline.windows.shortActorWindows,
        List.of(
            string("actor_type", e -> e.actorType),
            string("actor_id", e -> e.actorId),
            timestamp("window_start", e -> e.windowStart),
            timestamp("window_end", e -> e.windowEnd),
            bigint("impressions", e -> e.impressions),
            bigint("clicks", e -> e.clicks),
            bigint("unattributed_clicks", e -> e.unattributedClicks)));
  }

  private static EventStream<ActorWindow> longActorWindows() {
    return new EventStream<>(
        "long_actor_window",
        pipeline -> pipeline.windows.longActorWindows,
        List.of(
            string("actor_type", e -> e.actorType),
            string("actor_id", e -> e.actorId),
            timestamp("window_start", e -> e.windowStart),
            timestamp("window_end", e -> e.windowEnd),
            bigint("impressions", e -> e.impressions),
            bigint("clicks", e -> e.clicks),
            bigint("users", e -> e.users),
            optionalDouble("click_gap_variation", e -> e.clickGapVariation)));
  }

  private static EventStream<UserWindow> userWindows() {
    return new EventStream<>(
        "user_window",
        pipeline -> pipeline.windows.userWindows,
        List.of(
            string("user_id", e -> e.userId),
            timestamp("window_start", e -> e.windowStart),
            timestamp("window_end", e -> e.windowEnd),
            bigint("impressions", e -> e.impressions),
            bigint("clicks", e -> e.clicks),
            bigint("campaigns", e -> e.campaigns),
            bigint("impression_weight", e -> e.impressionWeight),
            bigint("valid_click_weight", e -> e.validClickWeight),
            bigint("scoring_campaigns", e -> e.scoringCampaigns)));
  }

  private static EventStream<LateEvent> lateEvents() {
    return new EventStream<>(
        "late_event",
        pipeline -> pipeline.attribution.lateEvents,
        List.of(
            string("source", e -> e.source),
            string("event_id", e -> e.eventId),
            time("event_time", e -> e.eventTime),
            bigint("lateness_ms", e -> e.latenessMs),
            string("stream", e -> e.position.stream),
            string("shard_id", e -> e.position.shardId),
            string("sequence_number", e -> e.position.sequenceNumber)));
  }

  private static EventStream<RejectedEvent> rejectedEvents() {
    return new EventStream<>(
        "rejected_event",
        pipeline -> pipeline.rejectedEvents,
        List.of(
            string("source", e -> e.source),
            string("reason", e -> e.reason),
            string("raw", e -> Base64.getEncoder().encodeToString(e.raw)),
            bigint("raw_length", e -> e.rawLength),
            time("arrival_time", e -> e.arrivalTime),
            string("stream", e -> e.position.stream),
            string("shard_id", e -> e.position.shardId),
            string("sequence_number", e -> e.position.sequenceNumber)));
  }
}
