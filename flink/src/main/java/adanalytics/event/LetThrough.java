package adanalytics.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * User agents of people that the list of crawlers matches: HTTP clients and in-app browsers of
 * phones. An entry lets one expression of the list through for user agents of one form, as a whole;
 * any other expression found in such a user agent still makes it a bot.
 */
final class LetThrough {
  private final Map<String, List<Pattern>> formsByExpression = new HashMap<>();

  /**
   * @param entries {@code [{"listed": expression, "userAgents": form, ...}]}
   * @throws IllegalArgumentException when an entry lacks a field or has an invalid form
   */
  LetThrough(JsonNode entries) {
    for (JsonNode entry : entries) {
      formsByExpression
          .computeIfAbsent(entry.required("listed").textValue(), expression -> new ArrayList<>())
          .add(Pattern.compile(entry.required("userAgents").textValue()));
    }
  }

  /** Whether some user agents are let through that this expression is found in. */
  boolean concerns(String expression) {
    return formsByExpression.containsKey(expression);
  }

  /**
   * @param expression that is found in the user agent
   * @param userAgent the whole of it
   */
  boolean letsThrough(String expression, String userAgent) {
    for (Pattern form : formsByExpression.getOrDefault(expression, List.of())) {
      if (form.matcher(userAgent).matches()) {
        return true;
      }
    }
    return false;
  }
}
