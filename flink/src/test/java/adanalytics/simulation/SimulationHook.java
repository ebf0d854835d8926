package adanalytics.simulation;

import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Lets {@code nx run flink:simulate} set the number of schedules and the seed of a simulation, with
 * system properties, and report what it did. Without these properties, a simulation runs like any
 * other property test.
 */
public final class SimulationHook implements AroundPropertyHook {
  private static final Integer SCHEDULES = Integer.getInteger("simulation.schedules");
  private static final String SEED = System.getProperty("simulation.seed");

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) throws Throwable {
    PropertyAttributes attributes = context.attributes();
    if (SCHEDULES != null) {
      attributes.setTries(SCHEDULES);
    }
    if (SEED != null) {
      attributes.setSeed(SEED);
      attributes.setAfterFailure(AfterFailureMode.RANDOM_SEED);
    }
    PropertyExecutionResult result = property.execute();
    Tally.report();
    return result;
  }
}
