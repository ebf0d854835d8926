package adanalytics.window;

import adanalytics.event.AdEvent;
import adanalytics.event.Click;
import adanalytics.event.Impression;
import adanalytics.event.InputRecord;
import adanalytics.state.TimerGroupOperator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.Collector;

/**
 * For benchmarks only: the computation of the Yahoo streaming benchmark, with this project's events
 * and windows. It keeps only views, and of a view only ad and time. It looks up the campaign of the
 * ad in a table in memory, and counts views by campaign in windows of 10 s.
 */
public final class ViewsByCampaign {
  private static final SlidingWindows WINDOWS =
      SlidingWindows.tumbling(TimeUnit.SECONDS.toMillis(10));

  private final DataStream<String> counts;

  public ViewsByCampaign(
      DataStream<InputRecord<Impression>> impressions, DataStream<InputRecord<Click>> clicks) {
    counts =
        views("views-of-impressions", impressions)
            .union(views("views-of-clicks", clicks))
            .flatMap(new CampaignOfAd())
            .returns(WindowDelta.type())
            .name("campaign-of-ad")
            .transform("view-deltas", WindowDelta.type(), new DeltaBuffer())
            .keyBy(delta -> delta.key, Types.STRING)
            .transform(
                "views-by-campaign",
                WindowTotals.typeInformation(),
                new TimerGroupOperator<>(new TotalsWindows(settings())))
            .map(
                totals ->
                    totals.id()
                        + ","
                        + totals.windowStart
                        + ","
                        + totals.counts[WindowTotals.IMPRESSIONS],
                Types.STRING);
  }

  /** Lines of campaign, start of the window in milliseconds since the epoch, views. */
  public DataStream<String> counts() {
    return counts;
  }

  private static <E extends AdEvent> DataStream<Tuple2<String, Long>> views(
      String name, DataStream<InputRecord<E>> records) {
    return records
        .filter(record -> record.event instanceof Impression)
        .name(name)
        .map(
            record -> Tuple2.of(record.event.adId, record.event.eventTime),
            Types.TUPLE(Types.STRING, Types.LONG))
        .name(name + "-projected");
  }

  private static WindowSettings settings() {
    return new WindowSettings(WINDOWS, WINDOWS, null, WINDOWS, WINDOWS, 0, Long.MAX_VALUE, 1);
  }

  /**
   * The table contains all ads that the generator can create. Yahoo's table is in Redis, behind a
   * cache.
   */
  private static final class CampaignOfAd
      extends RichFlatMapFunction<Tuple2<String, Long>, WindowDelta> {
    private static final long serialVersionUID = 1L;
    private static final int CAMPAIGNS = 1_000;
    private static final int ADS_OF_A_CAMPAIGN = 20;

    private transient Map<String, String> campaigns;

    @Override
    public void open(OpenContext context) {
      campaigns = new HashMap<>();
      for (int campaign = 1; campaign <= CAMPAIGNS; campaign++) {
        String id = String.format("campaign-%02d", campaign);
        for (int ad = 1; ad <= ADS_OF_A_CAMPAIGN; ad++) {
          campaigns.put(id + "-ad-" + ad, id);
        }
      }
    }

    @Override
    public void flatMap(Tuple2<String, Long> view, Collector<WindowDelta> out) {
      String campaign = campaigns.get(view.f0);
      if (campaign != null) {
        out.collect(
            new WindowDelta(
                "campaign:" + campaign, WINDOWS.firstWindow(WINDOWS.slideOf(view.f1)), 1));
      }
    }
  }
}
