package adanalytics.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownBotsTest {
  private final KnownBots knownBots = KnownBots.ofTheJar();

  /**
   * The list contains real user agents of each bot, so this shows that Java interprets its
   * expressions correctly.
   */
  @Test
  void findsEveryExampleOfTheListWithoutExceptions() throws IOException {
    KnownBotExceptions exceptions = new KnownBotExceptions(resource("exceptions.json"));
    List<String> examples = new ArrayList<>();
    for (JsonNode bot : resource("crawler-user-agents.json")) {
      for (JsonNode instance : bot.path("instances")) {
        if (!exceptions.exempts(bot.get("pattern").textValue(), instance.textValue())) {
          examples.add(instance.textValue());
        }
      }
    }

    assertThat(examples).hasSizeGreaterThan(1_000).allMatch(knownBots::matches);
  }

  @Test
  void exemptsUserAgentsOfPeopleButNotSimilarOnes() throws IOException {
    List<String> listed = new ArrayList<>();
    resource("crawler-user-agents.json").forEach(bot -> listed.add(bot.get("pattern").textValue()));
    KnownBots withoutExceptions =
        new KnownBots(listed, new KnownBotExceptions(new ObjectMapper().createArrayNode()));
    for (JsonNode entry : resource("exceptions.json")) {
      assertThat(listed).contains(entry.get("listed").textValue());
      assertThat(texts(entry.get("people")))
          .isNotEmpty()
          .allMatch(withoutExceptions::matches)
          .noneMatch(knownBots::matches);
      assertThat(texts(entry.get("bots"))).isNotEmpty().allMatch(knownBots::matches);
    }
  }

  private static JsonNode resource(String name) throws IOException {
    try (InputStream in = KnownBotsTest.class.getResourceAsStream("/known-bots/" + name)) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.textValue()));
    return texts;
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Chrome/138.0.0.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
            + " Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Linux; Android 13; CUBOT X70) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Chrome/128.0 Mobile Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
            + " Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/470.0.0.0;FBDV/iPhone15,2]",
        // The list is case-sensitive.
        "SCRAPY/2.12.0"
      })
  void findsNoOtherUserAgents(String userAgent) {
    assertThat(knownBots.matches(userAgent)).isFalse();
  }

  @Test
  void findsABotAnywhereAndRepeatedly() {
    String userAgent = "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)";

    assertThat(knownBots.matches(userAgent)).isTrue();
    assertThat(knownBots.matches(userAgent)).isTrue();
    assertThat(knownBots.matches("x".repeat(400) + userAgent)).isTrue();
  }

  /** The search is limited, so that no user agent can keep the job busy. */
  @Test
  void searchesOnlyTheBeginning() {
    String end = "Googlebot/";
    String before = "x".repeat(KnownBots.MAX_SEARCHED_CHARS - end.length());

    assertThat(knownBots.matches(before + end)).isTrue();
    assertThat(knownBots.matches("x" + before + end)).isFalse();
    assertThat(knownBots.matches("ContextualBot".repeat(700_000))).isFalse();
  }

  /** Like JavaScript, in which the package's regular expressions are written. */
  @Test
  void theEndAnchorDoesNotMatchBeforeALineBreak() {
    assertThat(knownBots.matches("SSL Labs")).isTrue();
    assertThat(knownBots.matches("SSL Labs\n")).isFalse();
    assertThat(knownBots.matches("SSL Labs ")).isFalse();
  }

  @Test
  void plainTextIsFoundAsTheExpressionIs() {
    KnownBots few =
        new KnownBots(
            List.of("a\\.b\\/c", "xy", "\\(q\\)+", "abcdefg", "abcdeX"),
            new KnownBotExceptions(new ObjectMapper().createArrayNode()));

    assertThat(few.matches("-a.b/c-")).isTrue();
    assertThat(few.matches("-aXb/c-")).isFalse();
    assertThat(few.matches("xy")).isTrue();
    assertThat(few.matches("(q))")).isTrue();
    assertThat(few.matches("abcdef abcdeX")).isTrue();
    assertThat(few.matches("abcdef abcde")).isFalse();
    assertThat(few.matches("")).isFalse();
  }

  /** More user agents than the cache has room for: a removed one gets the same result again. */
  @Test
  void returnsTheSameResultForUserAgentsThatLeftTheCache() {
    for (int i = 0; i < 12_000; i++) {
      assertThat(knownBots.matches("Mozilla/5.0 (" + i + ")")).isFalse();
    }

    assertThat(knownBots.matches("Mozilla/5.0 (0)")).isFalse();
  }
}
