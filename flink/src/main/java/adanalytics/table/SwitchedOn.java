package adanalytics.table;

import org.apache.flink.table.functions.ScalarFunction;

/**
 * SQL function for the setting that switches a rule on or off; it returns its argument. With the
 * plain constant, the planner would remove everything that only a switched-off rule reads. An
 * operator of the jar could then disappear from the job together with its state, and the job could
 * not start from an earlier snapshot.
 */
public final class SwitchedOn extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  /**
   * @param enabled the rule's setting
   * @return the same value
   */
  public boolean eval(boolean enabled) {
    return enabled;
  }

  /** Prevents the planner from computing the value in advance. */
  @Override
  public boolean isDeterministic() {
    return false;
  }
}
