package adanalytics.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Collects the streams of all result tables of a job, so that one sink writes them. A sink for each
 * table would have a separate client, buffer and threads.
 *
 * <p>The planner translates the tables of a job one after the other, each separately.
 */
final class ResultStreams {
  private static final Map<StreamExecutionEnvironment, Map<String, DataStream<ResultRecord>>>
      COLLECTED = new WeakHashMap<>();

  private ResultStreams() {}

  /**
   * Adds a table's stream. The first table of a job, or a table that was already added, starts a
   * new collection: a job is also translated when its plan is explained.
   *
   * @param table its name
   * @param stream its results
   * @param tables how many tables the job writes
   * @return the streams of all tables when this is the last of them, otherwise null
   */
  static synchronized List<DataStream<ResultRecord>> add(
      String table, DataStream<ResultRecord> stream, int tables) {
    StreamExecutionEnvironment job = stream.getExecutionEnvironment();
    Map<String, DataStream<ResultRecord>> collected =
        COLLECTED.computeIfAbsent(job, environment -> new LinkedHashMap<>());
    if (collected.containsKey(table)) {
      collected.clear();
    }
    collected.put(table, stream);
    if (collected.size() < tables) {
      return null;
    }
    COLLECTED.remove(job);
    return List.copyOf(collected.values());
  }
}
