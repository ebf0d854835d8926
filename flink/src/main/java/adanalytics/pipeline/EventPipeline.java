package adanalytics.pipeline;

import adanalytics.attribution.AttributionStreams;
import adanalytics.event.AdEvent;
import adanalytics.event.Click;
import adanalytics.event.EventKind;
import adanalytics.event.EventTypes;
import adanalytics.event.Impression;
import adanalytics.event.InputRecord;
import adanalytics.event.RejectedEvent;
import adanalytics.source.AdEventSource;
import adanalytics.source.RecordTriage;
import adanalytics.source.SettingsGuard;
import adanalytics.source.SourceSettings;
import adanalytics.window.WindowStreams;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.JobListener;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The part of the job before SQL: both sources and the operators after them. One for each
 * environment; all tables share it.
 */
public final class EventPipeline {
  private static final Map<StreamExecutionEnvironment, WeakReference<EventPipeline>>
      BY_ENVIRONMENT = new WeakHashMap<>();

  private static ExecutionConfig substituted;
  private static AcceptedEvents substitute;

  public final AttributionStreams attribution;
  public final WindowStreams windows;
  public final DataStream<RejectedEvent> rejectedEvents;

  /**
   * The pipeline of an environment, built at the first call with the settings of its global job
   * parameters. The tables of one job share it, so each input stream is read and parsed once.
   *
   * @throws IllegalArgumentException when a setting is missing or wrong
   */
  public static synchronized EventPipeline of(StreamExecutionEnvironment environment) {
    WeakReference<EventPipeline> reference = BY_ENVIRONMENT.get(environment);
    EventPipeline known = reference == null ? null : reference.get();
    if (known != null) {
      return known;
    }
    PipelineSettings settings =
        new PipelineSettings(environment.getConfig().getGlobalJobParameters().toMap());
    EventPipeline pipeline =
        environment.getConfig() == substituted
            ? new EventPipeline(environment, settings, substitute)
            : new EventPipeline(environment, settings);
    BY_ENVIRONMENT.put(environment, new WeakReference<>(pipeline));
    environment.registerJobListener(new Holder(pipeline));
    return pipeline;
  }

  /**
   * Replaces the sources by accepted events, so that SQL over {@link #windows} runs without
   * Kinesis. Tables of the other streams cannot be read then. Applies to the jobs of this
   * environment until the method is called for another one.
   */
  public static synchronized void substitute(
      StreamExecutionEnvironment environment, AcceptedEvents events) {
    // The planner passes other environment objects, but with the configuration of this one.
    substituted = environment.getConfig();
    substitute = events;
  }

  private EventPipeline(
      StreamExecutionEnvironment environment, PipelineSettings settings, AcceptedEvents events) {
    attribution = null;
    rejectedEvents = null;
    windows = events.windows(environment, settings.windows);
  }

  private EventPipeline(StreamExecutionEnvironment environment, PipelineSettings settings) {
    SettingsGuard guard = new SettingsGuard(settings.ofState);
    SingleOutputStreamOperator<InputRecord<Impression>> impressions =
        read(environment, EventKind.IMPRESSION, "impressions", settings.impressions, guard);
    SingleOutputStreamOperator<InputRecord<Click>> clicks =
        read(environment, EventKind.CLICK, "clicks", settings.clicks, guard);
    attribution =
        new AttributionStreams(
            impressions,
            clicks,
            settings.attributionWindowMillis,
            settings.outOfOrdernessMillis,
            settings.validity);
    windows =
        new WindowStreams(
            attribution.impressions,
            attribution.clicks,
            attribution.attributedClicks,
            attribution.unattributedClicks,
            attribution.settledImpressions,
            settings.windows);
    rejectedEvents =
        impressions
            .getSideOutput(RecordTriage.REJECTED)
            .union(clicks.getSideOutput(RecordTriage.REJECTED));
  }

  private static <E extends AdEvent> SingleOutputStreamOperator<InputRecord<E>> read(
      StreamExecutionEnvironment environment,
      EventKind kind,
      String name,
      SourceSettings settings,
      SettingsGuard guard) {
    return environment
        .addSource(new AdEventSource<E>(kind, settings), name, EventTypes.<E>inputRecord(kind))
        .uid(name)
        .process(new RecordTriage<E>(kind, guard))
        .returns(EventTypes.<E>inputRecord(kind))
        .name(name + "-triage")
        .uid(name + "-triage");
  }

  /**
   * Makes the pipeline live as long as its environment: the map must not keep either of them alive.
   */
  private static final class Holder implements JobListener {
    @SuppressWarnings({"unused", "FieldCanBeLocal"})
    private final EventPipeline pipeline;

    Holder(EventPipeline pipeline) {
      this.pipeline = pipeline;
    }

    @Override
    public void onJobSubmitted(JobClient client, Throwable error) {}

    @Override
    public void onJobExecuted(JobExecutionResult result, Throwable error) {}
  }
}
