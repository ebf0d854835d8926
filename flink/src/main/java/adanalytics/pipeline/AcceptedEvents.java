package adanalytics.pipeline;

import adanalytics.attribution.AttributedClick;
import adanalytics.attribution.SettledImpression;
import adanalytics.event.Click;
import adanalytics.event.EventTypes;
import adanalytics.event.Impression;
import adanalytics.window.WindowSettings;
import adanalytics.window.WindowStreams;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Events in memory, to run SQL over their windows without Kinesis. */
public final class AcceptedEvents {
  public final List<Impression> impressions = new ArrayList<>();
  public final List<Click> clicks = new ArrayList<>();
  public final List<AttributedClick> attributedClicks = new ArrayList<>();
  public final List<Click> unattributedClicks = new ArrayList<>();

  /** Sets a cost from any type of number, because the caller may be Python. */
  public static void setCost(Impression impression, long micros) {
    impression.costMicros = micros;
  }

  WindowStreams windows(StreamExecutionEnvironment environment, WindowSettings settings) {
    return new WindowStreams(
        environment.fromCollection(impressions, EventTypes.impression()),
        environment.fromCollection(clicks, EventTypes.click()),
        environment.fromCollection(attributedClicks, AttributedClick.type()),
        environment.fromCollection(unattributedClicks, EventTypes.click()),
        environment.fromCollection(List.of(), Types.POJO(SettledImpression.class)),
        settings);
  }
}
