package adanalytics.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnionBranchesTest {
  private StreamExecutionEnvironment environment;

  @BeforeEach
  void open() {
    environment = StreamExecutionEnvironment.getExecutionEnvironment();
    environment.setParallelism(1);
  }

  @Test
  void aStreamWithoutUnionStaysAsItIs() {
    DataStream<Integer> stream = doubled(source(1, 2));

    assertThat(UnionBranches.of(stream.getTransformation()))
        .containsExactly(stream.getTransformation());
  }

  @Test
  void eachBranchOfAUnionHasTheOperatorsAfterIt() throws Exception {
    DataStream<Integer> stream =
        doubled(doubled(source(1).union(source(2), source(3))).filter(value -> value > 4));

    List<DataStream<Integer>> branches = branches(stream);

    assertThat(branches).hasSize(3);
    assertThat(collect(branches)).containsExactly(12);
  }

  @Test
  void aUnionOfUnionsIsSplit() throws Exception {
    DataStream<Integer> inner = doubled(source(1).union(source(2)));
    DataStream<Integer> stream = doubled(inner.union(source(10)));

    List<DataStream<Integer>> branches = branches(stream);

    assertThat(branches).hasSize(3);
    assertThat(collect(branches)).containsExactlyInAnyOrder(4, 8, 20);
  }

  /** The fraud rules use the windows of actors in this way. */
  @Test
  void sharedBranchesAreCreatedOnce() {
    DataStream<Integer> windows = doubled(source(1).union(source(2)));
    DataStream<Integer> stream =
        windows.filter(value -> value > 0).union(windows.filter(value -> value > 1));

    List<Transformation<Integer>> branches = UnionBranches.of(stream.getTransformation());

    assertThat(branches).hasSize(4);
    assertThat(branches.stream().map(branch -> branch.getInputs().get(0)).distinct()).hasSize(2);
  }

  @Test
  void anOperatorWithAKeyStaysAfterTheUnion() {
    DataStream<Integer> stream =
        source(1).union(source(2)).keyBy(value -> value).reduce((a, b) -> a + b);

    assertThat(UnionBranches.of(stream.getTransformation()))
        .containsExactly(stream.getTransformation());
  }

  @Test
  void aCopyHasTheParallelismOfItsOperator() {
    DataStream<Integer> stream =
        source(1).union(source(2)).map(value -> value).returns(Types.INT).setParallelism(3);

    assertThat(UnionBranches.of(stream.getTransformation()))
        .hasSize(2)
        .allSatisfy(
            branch -> {
              assertThat(branch).isInstanceOf(OneInputTransformation.class);
              assertThat(branch.getParallelism()).isEqualTo(3);
            });
  }

  @Test
  void theOperatorsOfABranchAreChained() {
    branches(doubled(source(1).union(source(2)))).forEach(branch -> branch.print());

    // The environment keeps the operator after the union as well; the planner does not.
    assertThat(environment.getStreamGraph().getStreamNodes())
        .filteredOn(node -> node.getOperatorName().equals("doubled"))
        .extracting(node -> node.getInEdges().size())
        .containsExactlyInAnyOrder(1, 1, 2);
  }

  private DataStream<Integer> source(Integer... values) {
    return environment.fromData(values);
  }

  private static DataStream<Integer> doubled(DataStream<Integer> stream) {
    return stream.map(value -> 2 * value).returns(Types.INT).name("doubled");
  }

  private List<DataStream<Integer>> branches(DataStream<Integer> stream) {
    List<DataStream<Integer>> branches = new ArrayList<>();
    UnionBranches.of(stream.getTransformation())
        .forEach(branch -> branches.add(new DataStream<>(environment, branch)));
    return branches;
  }

  private static List<Integer> collect(List<DataStream<Integer>> branches) throws Exception {
    DataStream<Integer> all = branches.get(0);
    for (DataStream<Integer> other : branches.subList(1, branches.size())) {
      all = all.union(other);
    }
    List<Integer> values = new ArrayList<>();
    all.executeAndCollect().forEachRemaining(values::add);
    return values;
  }
}
