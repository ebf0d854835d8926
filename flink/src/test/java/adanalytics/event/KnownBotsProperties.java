package adanalytics.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Compares the fast search with a simple one that tries each expression separately. */
class KnownBotsProperties {
  private final List<String> expressions = expressions();
  private final KnownBots knownBots =
      new KnownBots(expressions, new KnownBotExceptions(new ObjectMapper().createArrayNode()));

  @Property(tries = 300)
  void aUserAgentIsListedIfAnyExpressionIsFoundInIt(@ForAll Random random) {
    StringBuilder userAgent = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      // Expressions that are complete, cut at either end, or with a changed case: many nearly
      // match.
      String piece = expressions.get(random.nextInt(expressions.size())).replaceAll("[\\\\^$]", "");
      int from = random.nextInt(3) / 2;
      int to = Math.max(from, piece.length() - random.nextInt(3) / 2);
      piece = piece.substring(Math.min(from, piece.length()), to);
      userAgent.append(random.nextInt(8) == 0 ? piece.toUpperCase() : piece);
      userAgent.append(" ".repeat(random.nextInt(2)));
    }
    String text = userAgent.toString();

    assertThat(knownBots.matches(text))
        .isEqualTo(
            expressions.stream()
                .anyMatch(expression -> Pattern.compile(expression).matcher(text).find()));
  }

  private static List<String> expressions() {
    try (InputStream in =
        KnownBots.class.getResourceAsStream("/known-bots/crawler-user-agents.json")) {
      List<String> expressions = new ArrayList<>();
      for (JsonNode bot : new ObjectMapper().readTree(in)) {
        expressions.add(bot.get("pattern").textValue());
      }
      return expressions;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
