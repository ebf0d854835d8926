package adanalytics.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks of addresses in every spelling of the contract. */
class AddressNetworkProperties {
  private static final Pattern CONTRACT = contract();

  private static Pattern contract() {
    try {
      JsonNode schema =
          new ObjectMapper()
              .readTree(
                  AddressNetworkProperties.class.getResource("/schemas/impression.schema.json"));
      return Pattern.compile(schema.at("/properties/ip/pattern").asText());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.0/24",
    "0.0.0.0, 0.0.0.0/24",
    "255.255.255.255, 255.255.255.0/24",
    "2001:db8:1:2::3, 2001:db8:1::/48",
    "2001:DB8:0001:0002:0:0:0:3, 2001:db8:1::/48",
    "2001:db8::1, 2001:db8::/48",
    "0:0:1::5, 0:0:1::/48",
    "::1, ::/48",
    "::, ::/48",
    "fe80::203.0.113.7, fe80::/48",
    "::ffff:203.0.113.7, 203.0.113.0/24",
    "::FFFF:cb00:7107, 203.0.113.0/24",
    "0:0:0:0:0:ffff:203.0.113.7, 203.0.113.0/24",
    "2002:cb00:7107::1, 203.0.113.0/24",
    "2002:CB00:7107:1:2:3:4:5, 203.0.113.0/24",
    "2002::, 0.0.0.0/24",
    "64:ff9b::203.0.113.7, 64:ff9b::/48",
    "::203.0.113.7, ::/48"
  })
  void networksOf(String address, String network) {
    assertThat(CONTRACT.matcher(address).find()).isTrue();
    assertThat(AddressNetwork.of(address)).isEqualTo(network);
  }

  @Property
  void v4IsCutAfterThreeBytes(@ForAll @Size(4) List<@IntRange(max = 255) Integer> b) {
    String address = b.get(0) + "." + b.get(1) + "." + b.get(2) + "." + b.get(3);
    String network = b.get(0) + "." + b.get(1) + "." + b.get(2) + ".0/24";
    assertThat(CONTRACT.matcher(address).find()).isTrue();
    assertThat(AddressNetwork.of(address)).isEqualTo(network);
    // Mapped into v6, in both spellings.
    assertThat(AddressNetwork.of("::ffff:" + address)).isEqualTo(network);
    String groups = String.format("%02x%02X:%02x%02x", b.get(0), b.get(1), b.get(2), b.get(3));
    assertThat(AddressNetwork.of("0:0:0:0:0:FFFF:" + groups)).isEqualTo(network);
    assertThat(AddressNetwork.of("2002:" + groups + "::1")).isEqualTo(network);
  }

  @Property
  void everySpellingOfV6HasTheNetworkOfItsFirstThreeGroups(
      @ForAll @Size(8) List<@IntRange(max = 0xffff) Integer> random, @ForAll Random spelling) {
    List<Integer> groups = new ArrayList<>(random);
    // Zeros are rare by themselves, and are what can be spelled in several ways.
    IntStream.range(0, 8).filter(i -> spelling.nextBoolean()).forEach(i -> groups.set(i, 0));
    boolean isV4 =
        groups.get(0) == 0x2002
            || groups.subList(0, 5).stream().allMatch(g -> g == 0) && groups.get(5) == 0xffff;
    String address = spell(groups, spelling);
    assertThat(CONTRACT.matcher(address).find()).as(address).isTrue();
    if (!isV4) {
      assertThat(expand(AddressNetwork.of(address)))
          .as(address)
          .containsExactly(groups.get(0), groups.get(1), groups.get(2), 0, 0, 0, 0, 0);
    }
  }

  @Property
  void anyTextHasANetworkOrIsUnknown(@ForAll String text) {
    assertThat(AddressNetwork.of(text)).matches("unknown|[0-9.]+\\.0/24|[0-9a-f:]*::/48");
  }

  @Example
  void aNetworkIsNotCutAgain() {
    assertThat(AddressNetwork.of("203.0.113.0/24")).isEqualTo(AddressNetwork.UNKNOWN);
  }

  /**
   * One of the spellings: letters, leading zeros, any run of zeros as {@code ::}, v4 at the end.
   */
  private static String spell(List<Integer> groups, Random random) {
    List<String> words = new ArrayList<>();
    boolean v4Tail = random.nextInt(4) == 0;
    for (int i = 0; i < (v4Tail ? 6 : 8); i++) {
      String form = random.nextBoolean() ? "%x" : random.nextBoolean() ? "%04x" : "%X";
      words.add(String.format(form, groups.get(i)));
    }
    int from = random.nextInt(words.size());
    int to = from;
    while (to < words.size() && groups.get(to) == 0) {
      to++;
    }
    String tail =
        v4Tail
            ? String.format(
                "%d.%d.%d.%d",
                groups.get(6) >> 8, groups.get(6) & 255, groups.get(7) >> 8, groups.get(7) & 255)
            : "";
    if (to == from || random.nextInt(4) == 0) {
      if (v4Tail) {
        words.add(tail);
      }
      return String.join(":", words);
    }
    List<String> after = new ArrayList<>(words.subList(to, words.size()));
    if (v4Tail) {
      after.add(tail);
    }
    return String.join(":", words.subList(0, from)) + "::" + String.join(":", after);
  }

  private static List<Integer> expand(String network) {
    String[] groups = network.replaceFirst("::/48$", "").split(":");
    List<Integer> expanded = new ArrayList<>();
    for (String group : groups) {
      if (!group.isEmpty()) {
        expanded.add(Integer.parseInt(group, 16));
      }
    }
    while (expanded.size() < 8) {
      expanded.add(0);
    }
    return expanded;
  }
}
