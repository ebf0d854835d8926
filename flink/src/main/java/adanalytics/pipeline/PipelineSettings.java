package adanalytics.pipeline;

import adanalytics.attribution.ClickValidity;
import adanalytics.source.SourceSettings;
import adanalytics.window.ReportableWindows;
import adanalytics.window.SlidingWindows;
import adanalytics.window.WindowSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.connectors.kinesis.config.AWSConfigConstants;
import org.apache.flink.streaming.connectors.kinesis.config.ConsumerConfigConstants;

/**
 * The settings of the pipeline, from the job's runtime properties. flink/kinesis-config.json
 * contains the defaults.
 */
final class PipelineSettings {
  /**
   * A fast shard may be this far ahead. A larger value would only increase the state; with a
   * smaller one, shards would wait for each other's polls.
   */
  private static final long MAX_LEAD_MILLIS = TimeUnit.MINUTES.toMillis(1);

  /** The most that one GetRecords call can return. */
  private static final int MAX_RECORDS_PER_POLL = 10_000;

  /**
   * Number of retries of a throttled poll, each after up to a second: the job fails after about
   * half a minute. A shard allows 5 polls a second, and one job uses all of them. A second reader
   * of the stream, such as another version of the job, therefore causes throttling. With the
   * connector's default of 3 retries, both jobs would fail repeatedly.
   */
  private static final int POLL_RETRIES = 60;

  final SourceSettings impressions;
  final SourceSettings clicks;
  final long outOfOrdernessMillis;
  final long attributionWindowMillis;
  final ClickValidity validity;
  final WindowSettings windows;

  /** The settings that the state depends on, {@code <PropertyGroupId>/<setting>} to value. */
  final Map<String, String> ofState;

  /**
   * @param parameters the global job parameters, {@code <PropertyGroupId>/<setting>} to value
   * @throws IllegalArgumentException when a setting is missing or wrong; the message names it
   */
  PipelineSettings(Map<String, String> parameters) {
    JobParameters job = new JobParameters(parameters);
    outOfOrdernessMillis = seconds(job, "EventTime", "max.out.of.orderness.seconds", 0);
    attributionWindowMillis = seconds(job, "Attribution", "attribution.window.seconds", 1);
    validity =
        new ClickValidity(
            job.wholeNumber("Fraud", "too.fast.click.millis", 0), enabledReasons(job));
    windows =
        new WindowSettings(
            sliding(job, "Fraud", "short"),
            sliding(job, "Fraud", "long"),
            reportable(job),
            sliding(job, "Engagement", "engagement"),
            SlidingWindows.tumbling(seconds(job, "Metrics", "metrics.window.seconds", 1)),
            attributionWindowMillis,
            job.wholeNumber("Fraud", "publisher.ctr.min.impressions", 1),
            (int) job.wholeNumber("Fraud", "publisher.ctr.trailing.windows", 1));
    ofState = ofState(job);
    impressions = source(job, "AdImpressionsStream");
    clicks = source(job, "AdClicksStream");
  }

  private static Map<String, String> ofState(JobParameters job) {
    Map<String, String> settings = new TreeMap<>();
    for (String name :
        List.of(
            "Attribution/attribution.window.seconds",
            "Metrics/metrics.window.seconds",
            "Engagement/engagement.window.seconds",
            "Engagement/engagement.slide.seconds",
            "Fraud/short.window.seconds",
            "Fraud/short.slide.seconds",
            "Fraud/long.window.seconds",
            "Fraud/long.slide.seconds")) {
      String[] parts = name.split("/");
      settings.put(name, job.text(parts[0], parts[1]));
    }
    return settings;
  }

  private static Set<String> enabledReasons(JobParameters job) {
    Set<String> enabled = new HashSet<>();
    for (String reason : ClickValidity.REASONS) {
      if (job.flag("Fraud", "reason." + reason + ".enabled")) {
        enabled.add(reason);
      }
    }
    return enabled;
  }

  private static SlidingWindows sliding(JobParameters job, String group, String name) {
    return new SlidingWindows(
        seconds(job, group, name + ".window.seconds", 1),
        seconds(job, group, name + ".slide.seconds", 1));
  }

  private static ReportableWindows reportable(JobParameters job) {
    String group = "Fraud";
    return new ReportableWindows(
        Math.min(
            job.wholeNumber(group, "impression.flood.ip.threshold", 0),
            job.wholeNumber(group, "impression.flood.user.threshold", 0)),
        job.wholeNumber(group, "click.velocity.threshold", 0),
        job.wholeNumber(group, "unattributed.burst.threshold", 0),
        job.wholeNumber(group, "metronome.min.clicks", 2),
        job.wholeNumber(group, "abnormal.ctr.min.impressions", 1),
        job.positiveNumber(group, "abnormal.ctr.threshold"),
        job.wholeNumber(group, "id.fan.out.threshold", 0));
  }

  private SourceSettings source(JobParameters job, String group) {
    long idleTimeoutMillis = seconds(job, "EventTime", "idle.timeout.seconds", 1);
    return new SourceSettings(
        job.text(group, "stream.name"),
        consumer(job, group, idleTimeoutMillis),
        outOfOrdernessMillis,
        idleTimeoutMillis,
        seconds(job, "EventTime", "max.future.seconds", 0),
        MAX_LEAD_MILLIS);
  }

  private static Properties consumer(JobParameters job, String group, long idleTimeoutMillis) {
    Properties consumer = new Properties();
    consumer.setProperty(AWSConfigConstants.AWS_REGION, job.text(group, "aws.region"));
    String endpoint = job.optionalText(group, "aws.endpoint");
    if (endpoint != null) {
      consumer.setProperty(AWSConfigConstants.AWS_ENDPOINT, endpoint);
    }
    consumer.setProperty(
        ConsumerConfigConstants.STREAM_INITIAL_POSITION,
        job.oneOf("Source", "initial.position", "TRIM_HORIZON", "LATEST"));
    consumer.setProperty(
        ConsumerConfigConstants.SHARD_GETRECORDS_MAX, Integer.toString(MAX_RECORDS_PER_POLL));
    consumer.setProperty(
        ConsumerConfigConstants.SHARD_GETRECORDS_RETRIES, Integer.toString(POLL_RETRIES));
    // A restart requests the iterators of all shards at the same time, and a shard allows 5 such
    // calls a second.
    consumer.setProperty(
        ConsumerConfigConstants.SHARD_GETITERATOR_RETRIES, Integer.toString(POLL_RETRIES));
    // A closed shard holds the watermark for the idle timeout: its children must be found before
    // that.
    consumer.setProperty(
        ConsumerConfigConstants.SHARD_DISCOVERY_INTERVAL_MILLIS,
        Long.toString(Math.min(10_000, idleTimeoutMillis / 2)));
    return consumer;
  }

  private static long seconds(JobParameters job, String group, String setting, long least) {
    return TimeUnit.SECONDS.toMillis(job.wholeNumber(group, setting, least));
  }
}
