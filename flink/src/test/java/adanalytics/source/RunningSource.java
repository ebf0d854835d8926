package adanalytics.source;

import adanalytics.event.Click;
import adanalytics.event.InputRecord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.testutils.CheckedThread;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.functions.source.SourceFunction;
import org.apache.flink.streaming.api.operators.StreamSource;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/** The source alone, reading {@link FakeKinesis} in a separate thread. */
final class RunningSource implements AutoCloseable {
  private final Object lock = new Object();
  private final BlockingQueue<String> records = new LinkedBlockingQueue<>();
  private final AdEventSource<Click> source;
  private final AbstractStreamOperatorTestHarness<InputRecord<Click>> operator;
  private final CheckedThread thread =
      new CheckedThread() {
        @Override
        public void go() throws Exception {
          source.run(new Context());
        }
      };

  /**
   * @param snapshot to continue from; null to start without state
   */
  RunningSource(String stream, OperatorSubtaskState snapshot) throws Exception {
    source = ClickJobs.source(stream, Duration.ofHours(1));
    operator = new AbstractStreamOperatorTestHarness<>(new StreamSource<>(source), 1, 1, 0);
    operator.setup();
    if (snapshot == null) {
      operator.initializeEmptyState();
    } else {
      operator.initializeState(snapshot);
    }
    operator.open();
    thread.start();
  }

  String next() throws InterruptedException {
    return records.poll(60, TimeUnit.SECONDS);
  }

  /** Adds the records that were read and not taken. */
  void drainTo(List<String> read) {
    records.drainTo(read);
  }

  OperatorSubtaskState snapshot() throws Exception {
    synchronized (lock) {
      return operator.snapshot(1, 1);
    }
  }

  /** What Flink calls first in a stop with a savepoint. */
  void stop() {
    source.cancel();
  }

  /** Waits until the source has ended. @throws Exception what the source has thrown */
  void awaitEnd() throws Exception {
    thread.sync();
  }

  /** Ends like a canceled task. */
  @Override
  public void close() {
    stop();
    thread.interrupt();
    try {
      operator.close();
    } catch (Exception e) {
      throw new IllegalStateException("The source cannot be closed", e);
    }
  }

  private final class Context implements SourceFunction.SourceContext<InputRecord<Click>> {
    @Override
    public void collect(InputRecord<Click> record) {
      records.add(ClickJobs.describe(record));
    }

    @Override
    public void collectWithTimestamp(InputRecord<Click> record, long timestamp) {
      collect(record);
    }

    @Override
    public void emitWatermark(Watermark mark) {}

    @Override
    public void markAsTemporarilyIdle() {}

    @Override
    public Object getCheckpointLock() {
      return lock;
    }

    @Override
    public void close() {}
  }
}
