package adanalytics.window;

import adanalytics.attribution.AttributedClick;
import adanalytics.attribution.ImpressionState;
import adanalytics.attribution.SettledImpression;
import adanalytics.event.AdEvent;
import adanalytics.event.Click;
import adanalytics.event.Impression;
import adanalytics.state.TimerGroupOperator;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The streams of windows over the accepted events. A window is emitted when the watermark completes
 * it.
 */
public final class WindowStreams {
  /** Reportable short windows of actors. */
  public final DataStream<ActorWindow> shortActorWindows;

  /** Reportable long windows of actors. */
  public final DataStream<ActorWindow> longActorWindows;

  /** Windows of users with an event in the last slide. */
  public final DataStream<UserWindow> userWindows;

  /** Totals of each campaign, ad, publisher, device type and country. */
  public final DataStream<WindowTotals> dimensionWindows;

  /** Windows of publishers with enough impressions. */
  public final DataStream<PublisherWindow> publisherWindows;

  /** Windows of campaigns, once all their clicks are attributed. */
  public final DataStream<WindowTotals> settledWindows;

  /** Windows of addresses with events of known bots; they count only these events. */
  public final DataStream<WindowTotals> botWindows;

  /**
   * Adds the operators to the job. None of the events may be at or behind the watermark.
   *
   * @param impressions accepted impressions
   * @param clicks accepted clicks
   * @param attributedClicks accepted clicks with an impression
   * @param unattributedClicks accepted clicks without an impression
   * @param settledImpressions impressions that are counted when their attribution window has closed
   * @param settings the sizes of the windows
   */
  public WindowStreams(
      DataStream<Impression> impressions,
      DataStream<Click> clicks,
      DataStream<AttributedClick> attributedClicks,
      DataStream<Click> unattributedClicks,
      DataStream<SettledImpression> settledImpressions,
      WindowSettings settings) {
    SingleOutputStreamOperator<ActorWindow> addresses =
        addressWindows(impressions, clicks, unattributedClicks, settings);
    SingleOutputStreamOperator<UserWindow> users =
        userWindows(impressions, clicks, attributedClicks, settings);
    shortActorWindows = addresses.union(users.getSideOutput(UserWindows.SHORT));
    longActorWindows =
        addresses.getSideOutput(AddressWindows.LONG).union(users.getSideOutput(UserWindows.LONG));
    userWindows = users;

    SingleOutputStreamOperator<WindowTotals> totals =
        buffered("dimension-deltas", users.getSideOutput(UserWindows.DELTAS))
            .union(
                buffered("impression-deltas", impressionDeltas(impressions, settings)),
                buffered("attributed-click-deltas", clickDeltas(attributedClicks, settings)),
                buffered("settled-deltas", settledDeltas(settledImpressions, settings)),
                buffered("click-bot-deltas", botDeltas(clicks, settings)))
            .keyBy(delta -> delta.key, Types.STRING)
            .transform(
                "totals-windows",
                WindowTotals.typeInformation(),
                new TimerGroupOperator<>(new TotalsWindows(settings)))
            .uid("totals-windows");
    dimensionWindows = totals;
    publisherWindows = totals.getSideOutput(TotalsWindows.PUBLISHERS);
    settledWindows = totals.getSideOutput(TotalsWindows.SETTLED);
    botWindows = totals.getSideOutput(TotalsWindows.BOTS);
  }

  private static SingleOutputStreamOperator<ActorWindow> addressWindows(
      DataStream<Impression> impressions,
      DataStream<Click> clicks,
      DataStream<Click> unattributedClicks,
      WindowSettings settings) {
    return addressEvents("impression-addresses", impressions, ActorCounter.IMPRESSION)
        .union(
            addressEvents("click-addresses", clicks, ActorCounter.CLICK),
            addressEvents(
                "unattributed-click-addresses",
                unattributedClicks,
                ActorCounter.UNATTRIBUTED_CLICK))
        .keyBy(event -> event.ip, Types.STRING)
        .transform(
            "address-windows",
            ActorWindow.type(),
            ActorWindowsOperator.of(new AddressWindows(settings)))
        .uid("address-windows");
  }

  private static <E extends AdEvent> DataStream<AddressEvent> addressEvents(
      String name, DataStream<E> events, byte what) {
    return under(
        name, events, (event, out) -> AddressEvent.of(event, what, out), AddressEvent.type());
  }

  private static SingleOutputStreamOperator<UserWindow> userWindows(
      DataStream<Impression> impressions,
      DataStream<Click> clicks,
      DataStream<AttributedClick> attributedClicks,
      WindowSettings settings) {
    return under(
            "impression-users",
            impressions,
            (event, out) -> out.collect(UserEvent.of(event)),
            UserEvent.type())
        .union(
            under(
                "click-users",
                clicks,
                (event, out) -> out.collect(UserEvent.of(event)),
                UserEvent.type()),
            under(
                "valid-click-users",
                attributedClicks,
                (event, out) -> {
                  if (event.invalidReasons.isEmpty()) {
                    out.collect(UserEvent.ofValid(event));
                  }
                },
                UserEvent.type()))
        .keyBy(event -> event.userId, Types.STRING)
        .transform(
            "user-windows", UserWindow.type(), ActorWindowsOperator.of(new UserWindows(settings)))
        .uid("user-windows");
  }

  /** The deltas of an impression for the settled figures of its campaign and for its bot. */
  private static DataStream<WindowDelta> impressionDeltas(
      DataStream<Impression> impressions, WindowSettings settings) {
    SlidingWindows settled = settings.metricsWindows;
    SlidingWindows bots = settings.shortWindows.slidingByLength();
    return under(
        "impression-counts",
        impressions,
        (event, out) -> {
          out.collect(
              settledDelta(settled, event.campaignId, event.eventTime, 1, 0, event.costMicros, 0));
          if (event.knownBot && event.ip != null) {
            out.collect(botDelta(bots, event, 1, 0));
          }
        },
        WindowDelta.type());
  }

  /** The delta of an attributed click for the settled figures, in the window of its impression. */
  private static DataStream<WindowDelta> clickDeltas(
      DataStream<AttributedClick> attributedClicks, WindowSettings settings) {
    SlidingWindows windows = settings.metricsWindows;
    return under(
        "attributed-click-counts",
        attributedClicks,
        (click, out) -> {
          ImpressionState impression = click.impression;
          if (impression.isCounted) {
            int valid = click.invalidReasons.isEmpty() ? 1 : 0;
            out.collect(
                settledDelta(
                    windows, impression.campaignId, impression.eventTime, 0, 1, null, valid));
          }
        },
        WindowDelta.type());
  }

  private static DataStream<WindowDelta> settledDeltas(
      DataStream<SettledImpression> settledImpressions, WindowSettings settings) {
    SlidingWindows windows = settings.metricsWindows;
    return under(
        "settled-impressions",
        settledImpressions,
        (settled, out) -> {
          ImpressionState impression = settled.impression;
          out.collect(
              settledDelta(
                  windows,
                  impression.campaignId,
                  impression.eventTime,
                  1,
                  impression.attributedClicks,
                  impression.costMicros,
                  impression.validClicks));
        },
        WindowDelta.type());
  }

  private static WindowDelta settledDelta(
      SlidingWindows windows,
      String campaignId,
      long impressionTime,
      int impressions,
      int attributedClicks,
      Long costMicros,
      int validClicks) {
    return new WindowDelta(
        TotalsWindows.SETTLED_CAMPAIGN + campaignId,
        windows.firstWindow(windows.slideOf(impressionTime)),
        impressions,
        attributedClicks,
        costMicros == null ? 0 : costMicros,
        validClicks);
  }

  private static DataStream<WindowDelta> botDeltas(
      DataStream<Click> clicks, WindowSettings settings) {
    SlidingWindows windows = settings.shortWindows.slidingByLength();
    return under(
        "click-bots",
        clicks,
        (event, out) -> {
          if (event.knownBot && event.ip != null) {
            out.collect(botDelta(windows, event, 0, 1));
          }
        },
        WindowDelta.type());
  }

  private static WindowDelta botDelta(
      SlidingWindows windows, AdEvent event, int impressions, int clicks) {
    return new WindowDelta(
        TotalsWindows.BOT_ADDRESS + event.ip,
        windows.firstWindow(windows.slideOf(event.eventTime)),
        impressions,
        clicks);
  }

  private static DataStream<WindowDelta> buffered(String name, DataStream<WindowDelta> deltas) {
    return deltas.transform(name, WindowDelta.type(), new DeltaBuffer()).uid(name);
  }

  private static <I, O> SingleOutputStreamOperator<O> under(
      String name, DataStream<I> events, FlatMapFunction<I, O> function, TypeInformation<O> type) {
    return events.flatMap(function, type).name(name).uid(name);
  }
}
