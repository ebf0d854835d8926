package adanalytics.window;

import adanalytics.attribution.AttributedClick;
import adanalytics.event.Click;
import adanalytics.event.Impression;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** What follows from the accepted events in sliding windows of addresses and users. */
public final class WindowStreams {
  /** Short windows of actors, as far as they are reportable; when the watermark passes the end. */
  public final DataStream<ActorWindow> shortActorWindows;

  /** Long windows, likewise. */
  public final DataStream<ActorWindow> longActorWindows;

  /** All windows of users that hold an event of theirs, when the watermark passes the end. */
  public final DataStream<UserWindow> userWindows;

  /**
   * Adds the operators to the job. None of the events may be at or behind the watermark.
   *
   * @param impressions accepted ones
   * @param clicks accepted ones
   * @param attributedClicks those of them that have an impression
   * @param unattributedClicks those that have none
   * @param settings which windows
   */
  public WindowStreams(
      DataStream<Impression> impressions,
      DataStream<Click> clicks,
      DataStream<AttributedClick> attributedClicks,
      DataStream<Click> unattributedClicks,
      WindowSettings settings) {
    SingleOutputStreamOperator<ActorWindow> actorWindows =
        under(
                "impression-actors",
                impressions,
                (event, out) -> ActorEvent.ofBoth(event, ActorEvent.IMPRESSION, out),
                ActorEvent.type())
            .union(
                under(
                    "click-actors",
                    clicks,
                    (event, out) -> ActorEvent.ofBoth(event, ActorEvent.CLICK, out),
                    ActorEvent.type()),
                under(
                    "unattributed-click-actors",
                    unattributedClicks,
                    (event, out) -> ActorEvent.ofAddress(event, ActorEvent.UNATTRIBUTED_CLICK, out),
                    ActorEvent.type()))
            .keyBy(event -> event.actor, Types.STRING)
            .process(
                new ActorWindows(settings.shortWindows, settings.longWindows, settings.reportable),
                ActorWindow.type())
            .name("actor-windows")
            .uid("actor-windows");
    shortActorWindows = actorWindows;
    longActorWindows = actorWindows.getSideOutput(ActorWindows.LONG);
    userWindows =
        under(
                "impression-users",
                impressions,
                (event, out) -> out.collect(EngagementEvent.of(event, EngagementEvent.IMPRESSION)),
                EngagementEvent.type())
            .union(
                under(
                    "click-users",
                    clicks,
                    (event, out) -> out.collect(EngagementEvent.of(event, EngagementEvent.CLICK)),
                    EngagementEvent.type()),
                under(
                    "valid-click-users",
                    attributedClicks,
                    (event, out) -> {
                      if (event.invalidReasons.isEmpty()) {
                        out.collect(EngagementEvent.ofValid(event));
                      }
                    },
                    EngagementEvent.type()))
            .keyBy(event -> event.userId, Types.STRING)
            .process(new EngagementWindows(settings.engagementWindows), UserWindow.type())
            .name("user-windows")
            .uid("user-windows");
  }

  private static <I, O> SingleOutputStreamOperator<O> under(
      String name, DataStream<I> events, FlatMapFunction<I, O> function, TypeInformation<O> type) {
    return events.flatMap(function, type).name(name).uid(name);
  }
}
