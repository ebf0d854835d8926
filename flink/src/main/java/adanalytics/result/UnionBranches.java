package adanalytics.result;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.api.transformations.UnionTransformation;

/**
 * Moves operators from after a union into each of its branches. Flink chains an operator to its
 * input only if it has a single input. So the SQL of a result runs in the tasks of the windows.
 * Otherwise it would run in separate tasks, each with a thread and a copy over the network.
 *
 * <p>The SQL planner does this only for the unions of SQL, but a table may be a union as well.
 */
final class UnionBranches {
  private final Map<Transformation<?>, List<Transformation<?>>> known = new IdentityHashMap<>();

  private UnionBranches() {}

  /**
   * @param stream any stream
   * @return streams whose union is the given stream
   */
  static <T> List<Transformation<T>> of(Transformation<T> stream) {
    return new UnionBranches().branches(stream);
  }

  /** Branches that several streams share are created once. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private <T> List<Transformation<T>> branches(Transformation<T> stream) {
    List<Transformation<?>> branches = known.get(stream);
    if (branches == null) {
      branches = (List) make(stream);
      known.put(stream, branches);
    }
    return (List) branches;
  }

  private <T> List<Transformation<T>> make(Transformation<T> stream) {
    if (stream instanceof UnionTransformation) {
      List<Transformation<T>> branches = new ArrayList<>();
      for (Transformation<?> input : stream.getInputs()) {
        branches.addAll(branches(UnionBranches.<T>cast(input)));
      }
      return branches;
    }
    // An operator with a key has a state, and an exchange before it.
    if (stream instanceof OneInputTransformation
        && ((OneInputTransformation<?, T>) stream).getStateKeySelector() == null) {
      return forEachBranch((OneInputTransformation<?, T>) stream);
    }
    return List.of(stream);
  }

  private <I, O> List<Transformation<O>> forEachBranch(OneInputTransformation<I, O> operator) {
    Transformation<I> input = cast(operator.getInputs().get(0));
    List<Transformation<I>> branches = branches(input);
    if (branches.size() == 1 && branches.get(0) == input) {
      return List.of(operator);
    }
    List<Transformation<O>> copies = new ArrayList<>();
    for (Transformation<I> branch : branches) {
      OneInputTransformation<I, O> copy =
          new OneInputTransformation<>(
              branch,
              operator.getName(),
              operator.getOperatorFactory(),
              operator.getOutputType(),
              operator.getParallelism(),
              operator.isParallelismConfigured());
      if (operator.getDescription() != null) {
        copy.setDescription(operator.getDescription());
      }
      copies.add(copy);
    }
    return copies;
  }

  @SuppressWarnings("unchecked")
  private static <T> Transformation<T> cast(Transformation<?> stream) {
    return (Transformation<T>) stream;
  }
}
