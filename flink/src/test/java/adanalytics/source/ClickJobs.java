package adanalytics.source;

import adanalytics.event.Click;
import adanalytics.event.EventKind;
import adanalytics.event.EventTime;
import adanalytics.event.EventTypes;
import adanalytics.event.InputRecord;
import java.time.Duration;
import java.util.Properties;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;

/** Jobs that read clicks from {@link FakeKinesis}, and functions that put the clicks there. */
final class ClickJobs {
  static final long T = EventTime.parse("2026-11-23T10:00:00.000Z");
  static final String SHARD_0 = "shardId-000000000000";
  static final String SHARD_1 = "shardId-000000000001";

  private static final long OUT_OF_ORDERNESS = 5_000;

  private ClickJobs() {}

  /** A cluster in this JVM, for the tests of a class. */
  static MiniClusterExtension cluster() {
    return new MiniClusterExtension(
        new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());
  }

  static StreamExecutionEnvironment environment(int parallelism) {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    environment.setParallelism(parallelism);
    return environment;
  }

  /** An environment whose job continues from a savepoint of another one. */
  static StreamExecutionEnvironment restored(int parallelism, String savepoint) {
    Configuration recovery = new Configuration();
    recovery.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    recovery.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
    StreamExecutionEnvironment environment = environment(parallelism);
    environment.configure(recovery);
    return environment;
  }

  static DataStream<InputRecord<Click>> source(
      StreamExecutionEnvironment environment, String stream) {
    return source(environment, stream, Duration.ofSeconds(1));
  }

  static DataStream<InputRecord<Click>> source(
      StreamExecutionEnvironment environment, String stream, Duration idleTimeout) {
    return environment
        .addSource(
            source(stream, idleTimeout), "clicks", EventTypes.<Click>inputRecord(EventKind.CLICK))
        .uid("clicks");
  }

  /** The source by itself. */
  static AdEventSource<Click> source(String stream, Duration idleTimeout) {
    Properties consumer = new Properties();
    consumer.setProperty("aws.region", "us-east-1");
    consumer.setProperty("flink.stream.initpos", "TRIM_HORIZON");
    consumer.setProperty("flink.shard.getrecords.intervalmillis", "10");
    consumer.setProperty("flink.shard.discovery.intervalmillis", "100");
    SourceSettings settings =
        new SourceSettings(
            stream, consumer, OUT_OF_ORDERNESS, idleTimeout.toMillis(), 60_000, 60_000);
    return new AdEventSource<>(EventKind.CLICK, settings, FakeKinesis::create);
  }

  /** Puts a click whose arrival time is its event time. */
  static void put(String stream, String shard, String clickId, long eventTime) {
    FakeKinesis.put(stream, shard, click(clickId, eventTime), eventTime);
  }

  static String click(String clickId, long eventTime) {
    return String.format(
        "{\"click_id\":\"%s\",\"impression_id\":\"i\",\"event_time\":\"%s\",\"user_id\":\"u\","
            + "\"campaign_id\":\"k\",\"ad_id\":\"a\",\"publisher_id\":\"p\"}",
        clickId, EventTime.format(eventTime));
  }

  /** The position of a record, its content, and its lateness. */
  static String describe(InputRecord<Click> record) {
    String position =
        record.position.shardId.replaceAll("shardId-0*(\\d)$", "shard $1 ")
            + record.position.sequenceNumber
            + " ";
    if (record.isRejected()) {
      return position + "rejected " + record.rejectReason.replaceAll(":.*", "");
    }
    return position
        + record.event.clickId
        + (record.isLate() ? " late by " + record.latenessMs : " on time");
  }
}
