package adanalytics.source;

import adanalytics.event.Click;
import adanalytics.event.InputRecord;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;

/**
 * Describes the records, and fails once, some records after a checkpoint that includes records.
 * Only one test may use it at a time.
 */
final class FailAfterACheckpoint
    implements MapFunction<InputRecord<Click>, String>, CheckpointedFunction, CheckpointListener {
  private static final long serialVersionUID = 1L;
  private static final AtomicBoolean FAILED = new AtomicBoolean();

  private transient int records;
  private transient int recordsAtCheckpoint;
  private transient int failAt;

  /** Makes the next job fail. */
  static void reset() {
    FAILED.set(false);
  }

  static boolean hasFailed() {
    return FAILED.get();
  }

  @Override
  public String map(InputRecord<Click> record) throws Exception {
    if (failAt == 0 && !FAILED.get()) {
      // Slow enough for a checkpoint between the records.
      Thread.sleep(5);
    }
    if (++records == failAt && FAILED.compareAndSet(false, true)) {
      throw new IllegalStateException("Failing on purpose");
    }
    return ClickJobs.describe(record);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    recordsAtCheckpoint = records;
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    if (recordsAtCheckpoint >= 50 && failAt == 0) {
      failAt = records + 10;
    }
  }

  @Override
  public void initializeState(FunctionInitializationContext context) {}
}
