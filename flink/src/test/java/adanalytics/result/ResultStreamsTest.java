package adanalytics.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class ResultStreamsTest {
  private final StreamExecutionEnvironment environment =
      StreamExecutionEnvironment.getExecutionEnvironment();

  @Test
  void givesTheStreamsOfAllTablesWithTheLast() {
    DataStream<ResultRecord> late = stream();
    DataStream<ResultRecord> rejected = stream();

    assertThat(ResultStreams.add("late_event", late, 2)).isNull();
    assertThat(ResultStreams.add("rejected_event", rejected, 2)).containsExactly(late, rejected);
  }

  @Test
  void beginsAgainAfterTheLastTable() {
    ResultStreams.add("late_event", stream(), 1);
    DataStream<ResultRecord> late = stream();

    assertThat(ResultStreams.add("late_event", late, 1)).containsExactly(late);
  }

  /** As when the translation of a job stops at an error, and the job is translated again. */
  @Test
  void beginsAgainWithATableThatIsThereAlready() {
    ResultStreams.add("late_event", stream(), 3);
    ResultStreams.add("rejected_event", stream(), 3);
    List<DataStream<ResultRecord>> again = List.of(stream(), stream(), stream());

    assertThat(ResultStreams.add("late_event", again.get(0), 3)).isNull();
    assertThat(ResultStreams.add("rejected_event", again.get(1), 3)).isNull();
    assertThat(ResultStreams.add("fraud_alert", again.get(2), 3)).isEqualTo(again);
  }

  @Test
  void keepsJobsApart() {
    ResultStreams.add("late_event", stream(), 2);
    StreamExecutionEnvironment other = StreamExecutionEnvironment.getExecutionEnvironment();
    DataStream<ResultRecord> rejected =
        other.fromCollection(List.of(new ResultRecord("key", new byte[0])), ResultRecord.type());

    assertThat(ResultStreams.add("rejected_event", rejected, 2)).isNull();
  }

  private DataStream<ResultRecord> stream() {
    return environment.fromCollection(
        List.of(new ResultRecord("key", new byte[0])), ResultRecord.type());
  }
}
