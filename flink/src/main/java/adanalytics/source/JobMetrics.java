package adanalytics.source;

import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.MetricGroup;

/** The metric group for the job's own counters and gauges. */
public final class JobMetrics {
  /**
   * The only metric group that Managed Service for Apache Flink publishes to CloudWatch (developer
   * guide, "Using custom metrics").
   */
  static final String GROUP = "kinesisanalytics";

  private JobMetrics() {}

  /**
   * @param context of an operator
   * @return the group for its counters and gauges
   */
  public static MetricGroup of(RuntimeContext context) {
    return of(context.getMetricGroup());
  }

  /**
   * @param operator the group of an operator
   * @return the group for its counters and gauges
   */
  public static MetricGroup of(MetricGroup operator) {
    return operator.addGroup(GROUP);
  }
}
