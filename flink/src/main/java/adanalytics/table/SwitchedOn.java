package adanalytics.table;

import org.apache.flink.table.functions.ScalarFunction;

/**
 * Whether a rule is switched on, for SQL: {@code switched_on(TRUE)} is true. With the plain
 * constant the planner leaves out everything that only a switched-off rule reads. An operator of
 * the jar could then disappear from the job together with its state, and the next start from a
 * snapshot would be refused.
 */
public final class SwitchedOn extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  /**
   * @param enabled the rule's setting
   * @return the same
   */
  public boolean eval(boolean enabled) {
    return enabled;
  }

  /** Keeps the planner from computing the value before the job runs. */
  @Override
  public boolean isDeterministic() {
    return false;
  }
}
