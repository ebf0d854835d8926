package adanalytics.simulation;

import java.util.ArrayList;
import java.util.List;

/** The log of a schedule, for the failure message. */
public final class Log {
  private static final int MAX_LINES = 80;

  private final List<String> lines = new ArrayList<>();

  public void add(String line) {
    lines.add(line);
  }

  /** The last lines. */
  @Override
  public String toString() {
    int first = Math.max(0, lines.size() - MAX_LINES);
    String cut = first == 0 ? "" : "  (" + first + " lines before)\n";
    return "The schedule:\n" + cut + "  " + String.join("\n  ", lines.subList(first, lines.size()));
  }
}
