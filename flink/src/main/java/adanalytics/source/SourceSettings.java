package adanalytics.source;

import java.io.Serializable;
import java.util.Properties;

/** The settings for reading one input stream. */
public final class SourceSettings implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Name of the Kinesis stream. */
  public final String stream;

  /** Configuration of the Kinesis consumer: region, endpoint, initial position. */
  public final Properties consumer;

  public final long outOfOrdernessMillis;
  public final long idleTimeoutMillis;
  public final long maxFutureMillis;

  /** How far, in event time, a shard may be ahead of the slowest one. */
  public final long maxLeadMillis;

  public SourceSettings(
      String stream,
      Properties consumer,
      long outOfOrdernessMillis,
      long idleTimeoutMillis,
      long maxFutureMillis,
      long maxLeadMillis) {
    this.stream = stream;
    this.consumer = consumer;
    this.outOfOrdernessMillis = outOfOrdernessMillis;
    this.idleTimeoutMillis = idleTimeoutMillis;
    this.maxFutureMillis = maxFutureMillis;
    this.maxLeadMillis = maxLeadMillis;
  }
}
