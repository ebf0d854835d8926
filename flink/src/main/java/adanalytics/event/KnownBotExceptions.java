package adanalytics.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * User agents of people that the list of crawlers matches: HTTP clients and in-app browsers of
 * phones. An entry disables one expression of the list for user agents that match a form as a
 * whole. Any other expression that matches such a user agent still makes it a bot.
 */
final class KnownBotExceptions {
  private final Map<String, List<Pattern>> formsByExpression = new HashMap<>();

  /**
   * @param entries {@code [{"listed": expression, "userAgents": form, ...}]}
   * @throws IllegalArgumentException when an entry lacks a field or has an invalid form
   */
  KnownBotExceptions(JsonNode entries) {
    for (JsonNode entry : entries) {
      formsByExpression
          .computeIfAbsent(entry.required("listed").textValue(), expression -> new ArrayList<>())
          .add(Pattern.compile(entry.required("userAgents").textValue()));
    }
  }

  /** Whether this expression has exceptions. */
  boolean concerns(String expression) {
    return formsByExpression.containsKey(expression);
  }

  /**
   * @param expression that matches the user agent
   * @param userAgent the complete text
   */
  boolean exempts(String expression, String userAgent) {
    for (Pattern form : formsByExpression.getOrDefault(expression, List.of())) {
      if (form.matcher(userAgent).matches()) {
        return true;
      }
    }
    return false;
  }
}
