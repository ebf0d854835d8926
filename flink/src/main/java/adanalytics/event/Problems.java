package adanalytics.event;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Collects the problems of the fields of one record; they become the reason of its rejection. */
final class Problems {
  private static final int MAX_REPORTED = 5;

  private final List<String> problems = new ArrayList<>();

  void clear() {
    problems.clear();
  }

  void add(String field, String problem) {
    problems.add(field + ": " + problem);
  }

  boolean isEmpty() {
    return problems.isEmpty();
  }

  /** The first five problems, ordered by the name of the field. */
  String describe() {
    String described =
        problems.stream().sorted().limit(MAX_REPORTED).collect(Collectors.joining("; "));
    return problems.size() > MAX_REPORTED ? described + "; and more" : described;
  }
}
