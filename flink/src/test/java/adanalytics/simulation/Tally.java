package adanalytics.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what the schedules of one simulation did. */
public final class Tally {
  private static final Map<String, Tally> BY_OPERATORS = new ConcurrentHashMap<>();
  private static final String REPORT = System.getProperty("simulation.report");
  private static final long REPORT_EVERY_NANOS = 10_000_000_000L;
  private static long reportedNanos = System.nanoTime();

  private int schedules;
  private int restarts;
  private int rescales;
  private int checkpoints;
  private long events;
  private long simulatedMillis;

  private Tally() {}

  /**
   * The tally of a simulation in this process.
   *
   * @param operators uid of the operator, or uids with a comma between them
   */
  public static Tally of(String operators) {
    return BY_OPERATORS.computeIfAbsent(operators, name -> new Tally());
  }

  /**
   * Counts a schedule.
   *
   * @param eventsSent number of events
   * @param eventTimeMillis from its first to its last event
   */
  public void schedule(int eventsSent, long eventTimeMillis) {
    schedules++;
    events += eventsSent;
    simulatedMillis += eventTimeMillis;
    if (System.nanoTime() - reportedNanos > REPORT_EVERY_NANOS) {
      report();
    }
  }

  public void checkpoint() {
    checkpoints++;
  }

  /**
   * Counts a restore.
   *
   * @param isRescaled with another number of subtasks
   */
  public void restart(boolean isRescaled) {
    restarts++;
    rescales += isRescaled ? 1 : 0;
  }

  /**
   * Writes a file for each simulation so far into the folder of the system property, if it is set.
   * tools/java-checks/src/simulate reads them, also while the simulations run.
   */
  static void report() {
    reportedNanos = System.nanoTime();
    if (REPORT == null) {
      return;
    }
    Path folder = Path.of(REPORT);
    try {
      Files.createDirectories(folder);
      for (Map.Entry<String, Tally> entry : BY_OPERATORS.entrySet()) {
        String name = entry.getKey().replaceAll("\\W+", "-");
        Path written = folder.resolve(name + ".tmp");
        Files.writeString(written, entry.getValue().json(entry.getKey()));
        // A reader never finds an incomplete file.
        Files.move(written, folder.resolve(name + ".json"), StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String json(String operators) {
    return String.format(
        Locale.ROOT,
        "{\"operators\":\"%s\",\"schedules\":%d,\"events\":%d,\"checkpoints\":%d,\"restarts\":%d,"
            + "\"rescales\":%d,\"hours\":%.3f}%n",
        operators,
        schedules,
        events,
        checkpoints,
        restarts,
        rescales,
        simulatedMillis / 3_600_000.0);
  }
}
