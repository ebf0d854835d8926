package adanalytics.source;

import static adanalytics.source.ClickJobs.SHARD_0;
import static adanalytics.source.ClickJobs.SHARD_1;
import static adanalytics.source.ClickJobs.T;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shards are split and merged while they have a backlog, and the job fails in between. */
@Timeout(120)
class ReshardTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = ClickJobs.cluster();

  private final List<String> expected = new ArrayList<>();
  private String stream;

  @BeforeEach
  void createStream(TestInfo test) {
    stream = test.getDisplayName();
    FakeKinesis.createStream(stream, 2);
    FailAfterACheckpoint.reset();
  }

  @ParameterizedTest(name = "reshard with {0} subtasks")
  @ValueSource(ints = {1, 2})
  void everyRecordIsReadOnceAndOnTime(int subtasks) throws Exception {
    putAHundred(SHARD_0, 0, T);
    putAHundred(SHARD_1, 1, T + 500);
    List<String> halves = FakeKinesis.splitShard(stream, SHARD_0);
    putAHundred(halves.get(0), 2, T + 100_000);
    putAHundred(halves.get(1), 3, T + 100_250);
    String merged = FakeKinesis.mergeShards(stream, halves.get(1), SHARD_1);
    putAHundred(merged, 4, T + 200_500);
    StreamExecutionEnvironment environment = ClickJobs.environment(subtasks);
    environment.enableCheckpointing(50);

    List<String> lines =
        ClickJobs.source(environment, stream)
            .map(new FailAfterACheckpoint())
            .returns(Types.STRING)
            .executeAndCollect(expected.size());

    assertThat(lines).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(FailAfterACheckpoint.hasFailed()).isTrue();
  }

  private void putAHundred(String shard, int number, long from) {
    for (int i = 0; i < 100; i++) {
      String id = "c" + number + "-" + i;
      ClickJobs.put(stream, shard, id, from + i * 1_000);
      expected.add("shard " + number + " " + (1_000 + i) + " " + id + " on time");
    }
  }
}
