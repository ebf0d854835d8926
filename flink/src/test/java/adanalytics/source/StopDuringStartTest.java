package adanalytics.source;

import static adanalytics.source.ClickJobs.SHARD_0;
import static adanalytics.source.ClickJobs.SHARD_1;
import static adanalytics.source.ClickJobs.T;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/**
 * A stop with a savepoint while the source still starts: it ends without an error, which would fail
 * the savepoint and restart the job, and the next source reads every record once.
 */
@Timeout(120)
class StopDuringStartTest {
  private static final String RECORD_0 = "shard 0 1000 a on time";
  private static final String RECORD_1 = "shard 1 1000 b on time";
  private static final List<String> LAST =
      List.of("shard 0 1001 last on time", "shard 1 1001 last on time");

  private final List<String> read = new ArrayList<>();
  private final CompletableFuture<RunningSource> started = new CompletableFuture<>();
  private String stream;

  @BeforeEach
  void createStream(TestInfo test) {
    stream = test.getTestMethod().orElseThrow().getName();
    FakeKinesis.createStream(stream, 2);
    ClickJobs.put(stream, SHARD_0, "a", T);
    ClickJobs.put(stream, SHARD_1, "b", T);
  }

  @Test
  void whileItListsTheShards() throws Exception {
    FakeKinesis.beforeListing(stream, this::stop);

    OperatorSubtaskState savepoint = stateAfterTheStop();

    FakeKinesis.beforeListing(stream, () -> {});
    assertThat(read).isEmpty();
    assertThatTheNextSourceReadsTheRest(savepoint);
  }

  @Test
  void whileItAsksForTheIteratorOfAShard() throws Exception {
    FakeKinesis.beforeIterator(stream, SHARD_1, this::stop);

    OperatorSubtaskState savepoint = stateAfterTheStop();

    FakeKinesis.beforeIterator(stream, SHARD_1, () -> {});
    assertThat(read).doesNotContain(RECORD_1);
    assertThatTheNextSourceReadsTheRest(savepoint);
  }

  private void stop() {
    started.join().stop();
  }

  private OperatorSubtaskState stateAfterTheStop() throws Exception {
    try (RunningSource source = new RunningSource(stream, null)) {
      started.complete(source);
      source.awaitEnd();
      source.drainTo(read);
      return source.snapshot();
    }
  }

  private void assertThatTheNextSourceReadsTheRest(OperatorSubtaskState savepoint)
      throws Exception {
    // When the last record of a shard was read, a repeated one before it was read as well.
    ClickJobs.put(stream, SHARD_0, "last", T);
    ClickJobs.put(stream, SHARD_1, "last", T);
    try (RunningSource source = new RunningSource(stream, savepoint)) {
      while (!read.containsAll(LAST)) {
        read.add(source.next());
      }
    }
    read.removeAll(LAST);
    assertThat(read).containsExactlyInAnyOrder(RECORD_0, RECORD_1);
  }
}
