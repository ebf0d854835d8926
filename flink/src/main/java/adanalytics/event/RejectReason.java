package adanalytics.event;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Reasons for a rejection without words of the rejected record. A reason can quote them, for
 * example {@code not valid JSON: Unrecognized token 'user-1'}.
 *
 * <p>What is left is made of names that the job knows, whatever the reason contains.
 */
public final class RejectReason {
  private static final String NOT_JSON = "not valid JSON";

  /** The whole record is wrong, for example not an object. */
  private static final String RECORD = "record";

  private final Set<String> fields = new LinkedHashSet<>();

  /** Takes the names from the schemas of the jar. */
  public RejectReason() {
    for (EventKind kind : EventKind.values()) {
      fields.addAll(EventSchema.of(kind).names());
    }
  }

  /**
   * @param reason as the parser writes it: {@code <field>: <problem>; <field>: <problem>}
   * @return {@code not valid JSON}, or the names of the fields, or {@code record}
   */
  public String withoutValues(String reason) {
    if (reason.startsWith(NOT_JSON)) {
      return NOT_JSON;
    }
    Set<String> named = new LinkedHashSet<>();
    for (String problem : reason.split("; ")) {
      int colon = problem.indexOf(':');
      if (colon > 0 && fields.contains(problem.substring(0, colon))) {
        named.add(problem.substring(0, colon));
      }
    }
    return named.isEmpty() ? RECORD : String.join("; ", named);
  }
}
