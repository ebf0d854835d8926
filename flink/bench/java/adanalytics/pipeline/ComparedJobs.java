package adanalytics.pipeline;

import adanalytics.attribution.AttributionStreams;
import adanalytics.event.AdEvent;
import adanalytics.event.Click;
import adanalytics.event.EventKind;
import adanalytics.event.EventTypes;
import adanalytics.event.Impression;
import adanalytics.event.InputRecord;
import adanalytics.source.AdEventSource;
import adanalytics.source.RecordTriage;
import adanalytics.source.SettingsGuard;
import adanalytics.source.SourceSettings;
import adanalytics.window.ViewsByCampaign;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * For benchmarks only: jobs that are compared with the packaged job and use parts of it. Each reads
 * both streams with the source of the packaged job.
 */
public final class ComparedJobs {
  private final StreamExecutionEnvironment environment;
  private final PipelineSettings settings;

  /**
   * @param environment with the settings as global job parameters
   */
  public ComparedJobs(StreamExecutionEnvironment environment) {
    this.environment = environment;
    this.settings = new PipelineSettings(environment.getConfig().getGlobalJobParameters().toMap());
  }

  /** Reads and parses the records, and discards them: the minimum that every job must do. */
  public void parseOnly() {
    impressions().sinkTo(new DiscardingSink<>()).name("discarded-impressions");
    clicks().sinkTo(new DiscardingSink<>()).name("discarded-clicks");
  }

  /**
   * The Yahoo streaming benchmark's job with this project's parser and windows; see {@link
   * ViewsByCampaign}.
   *
   * @param results folder for the counts
   */
  public void yahoo(String results) {
    new ViewsByCampaign(impressions(), clicks()).counts().sinkTo(lines(results)).name("counts");
  }

  /**
   * Attribution alone, with the operators of the packaged job: removes repeated events and joins
   * each click to its impression.
   *
   * @param results folder for the attributed clicks, as lines of JSON
   */
  public void attribution(String results) {
    new AttributionStreams(
            impressions(),
            clicks(),
            settings.attributionWindowMillis,
            settings.outOfOrdernessMillis,
            settings.validity)
        .attributedClicks
        .map(new AttributedClickLine(), Types.STRING)
        .name("json")
        .sinkTo(lines(results))
        .name("attributed-clicks");
  }

  private static FileSink<String> lines(String folder) {
    return FileSink.forRowFormat(new Path(folder), new SimpleStringEncoder<String>()).build();
  }

  private SingleOutputStreamOperator<InputRecord<Impression>> impressions() {
    return read(EventKind.IMPRESSION, "impressions", settings.impressions);
  }

  private SingleOutputStreamOperator<InputRecord<Click>> clicks() {
    return read(EventKind.CLICK, "clicks", settings.clicks);
  }

  /** Reads a stream like {@link EventPipeline}. */
  private <E extends AdEvent> SingleOutputStreamOperator<InputRecord<E>> read(
      EventKind kind, String name, SourceSettings source) {
    return environment
        .addSource(new AdEventSource<E>(kind, source), name, EventTypes.<E>inputRecord(kind))
        .process(new RecordTriage<E>(kind, new SettingsGuard(settings.ofState)))
        .returns(EventTypes.<E>inputRecord(kind))
        .name(name + "-triage");
  }
}
