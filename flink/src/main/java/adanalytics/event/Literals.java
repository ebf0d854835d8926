package adanalytics.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Searches a text for many literals in one pass, whose cost does not grow with the number of
 * literals.
 */
final class Literals {
  /** The literals, grouped by their first four characters; a group has few members. */
  private static final int PREFIX = 4;

  private final Map<Long, List<String>> byPrefix = new HashMap<>();
  private final List<String> shorter = new ArrayList<>();

  void add(String literal) {
    if (literal.length() < PREFIX) {
      shorter.add(literal);
    } else {
      byPrefix.computeIfAbsent(prefix(literal, 0), prefix -> new ArrayList<>(1)).add(literal);
    }
  }

  boolean anyIn(String text) {
    for (String literal : shorter) {
      if (text.contains(literal)) {
        return true;
      }
    }
    for (int at = 0; at + PREFIX <= text.length(); at++) {
      List<String> candidates = byPrefix.get(prefix(text, at));
      if (candidates != null) {
        for (String literal : candidates) {
          if (text.startsWith(literal, at)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static long prefix(String text, int at) {
    long prefix = 0;
    for (int i = at; i < at + PREFIX; i++) {
      prefix = prefix << Character.SIZE | text.charAt(i);
    }
    return prefix;
  }
}
