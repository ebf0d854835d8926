package adanalytics.event;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Random invalid records, similar enough to valid ones to reach every rule. */
final class WildRecords {
  private static final List<String> NAMES =
      List.of(
          "impression_id",
          "event_time",
          "user_id",
          "campaign_id",
          "ad_id",
          "publisher_id",
          "click_id",
          "device_type",
          "country",
          "ip",
          "user_agent",
          "cost_micros",
          "width",
          "height");

  private static final List<String> OTHER_NAMES =
      List.of("", "x", "Impression_id", "impression_id ", "event_time\\u0000", "\uD83D\uDE00");

  /**
   * Parts of texts: every plane, control characters, direction marks, unpaired surrogates, limits
   * of rules.
   */
  private static final List<String> PARTS =
      List.of(
          "a",
          "Z",
          "0",
          "~",
          "\\u007f",
          "\\u0000",
          "\\n",
          "\\u0080",
          "\u00E9",
          "\u7528",
          "\u202E",
          "\uFEFF",
          "\uFFFF",
          "\uD83D\uDE00",
          "\\ud83d\\ude00",
          "\\ud83d",
          "\\ude00",
          "\\uD800",
          "\\u",
          "\\u00",
          "\u0131",
          "\\\"",
          "\\\\",
          "\\/",
          "<b>",
          "=1+1",
          "{",
          "]",
          " ",
          "\u2028",
          "\uDBFF\uDFFF");

  private static final List<String> ADDRESSES =
      List.of(
          "203.0.113.7",
          "255.255.255.255",
          "256.0.0.1",
          "1.2.3",
          "1.2.3.4.5",
          "01.2.3.4",
          "::",
          "::1",
          "1::",
          "2001:db8::7",
          "1:2:3:4:5:6:7:8",
          "1:2:3:4:5:6:7",
          "1:2:3:4:5:6:7::",
          "::1:2:3:4:5:6:7",
          "1::2::3",
          "::ffff:1.2.3.4",
          "1:2:3:4:5:6:1.2.3.4",
          "::1.2.3.4:5",
          "12345::",
          ":::",
          "1:",
          ":1",
          "g::",
          "fe80::1%eth0",
          "::/0",
          "",
          "::1 ",
          "::1\\n");

  private static final List<String> DEVICES = List.of("\"Mobile\"", "\"\"", "\"tablet \"", "0");

  private static final List<String> COUNTRIES =
      List.of("\"us\"", "\"USA\"", "\"U\"", "\"\"", "\"DE\\n\"", "\"\u00C9E\"");

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "-0.0",
          "1",
          "-1",
          "2500",
          "2500.0",
          "2.5e3",
          "25e-1",
          "1000000000",
          "1000000001",
          "1000000000.5",
          "9007199254740991",
          "9007199254740992",
          "-9007199254740991",
          "9007199254740993",
          "9223372036854775807",
          "9223372036854775808",
          "1e300",
          "1e309",
          "-1e309",
          "1e-400",
          "0.1",
          "1.7976931348623157e308",
          "99999999999999999999",
          "1E+2",
          "999999999999999",
          "1000000000000000",
          "12345678901234567890123456789e-20");

  private static final List<String> BROKEN =
      List.of(
          "01",
          "1.",
          ".5",
          "+1",
          "NaN",
          "Infinity",
          "-",
          "1e",
          "tru",
          "nul",
          "'a'",
          "\"",
          "\"a",
          "\"\\x\"",
          "\"\\u12\"",
          "\"\t\"",
          "",
          ",",
          ":",
          "}",
          "]",
          "[1,]",
          "{\"a\"}",
          "{\"a\":1,}",
          "// c\n1",
          "1 2",
          "\u0000",
          "\uFEFF1");

  /** The characters of JSON syntax. */
  private static final String SIGNS = "{}[]\",:0-1.eEtrufalsn \\\n\t";

  private final Random random;

  WildRecords(Random random) {
    this.random = random;
  }

  /** One of the records with some of its bytes changed, cut out, repeated or taken from another. */
  byte[] mutated(List<byte[]> records) {
    byte[] data = oneOf(records).clone();
    for (int changes = random.nextInt(4); changes >= 0 && data.length > 0; changes--) {
      int at = random.nextInt(data.length);
      int end = Math.min(data.length, at + 1 + random.nextInt(12));
      switch (random.nextInt(5)) {
        case 0:
          data[at] = (byte) random.nextInt(256);
          break;
        case 1:
          data[at] = (byte) sign();
          break;
        case 2:
          data = join(data, 0, at, data, end, data.length);
          break;
        case 3:
          data = join(data, 0, end, data, at, data.length);
          break;
        default:
          byte[] other = oneOf(records);
          int from = random.nextInt(other.length + 1);
          int to = Math.min(other.length, from + random.nextInt(30));
          data = join(join(data, 0, at, other, from, to), 0, at + to - from, data, at, data.length);
      }
    }
    return data;
  }

  /** A record of all fields in any order; some are invalid, missing or repeated. */
  byte[] wild() {
    List<String> members = new ArrayList<>();
    for (String name : NAMES) {
      if (random.nextInt(60) > 0) {
        members.add(member(name, random.nextInt(20) > 0 ? tame(name) : wild(name)));
      }
    }
    for (int more = random.nextInt(4); more > 0; more--) {
      String name = random.nextBoolean() ? oneOf(NAMES) : oneOf(OTHER_NAMES);
      members.add(member(name, random.nextBoolean() ? tame(name) : wild(name)));
    }
    Collections.shuffle(members, random);
    String text = "{" + String.join("," + space(), members) + "}";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Random bytes, most of them JSON syntax. */
  byte[] noise() {
    byte[] data = new byte[random.nextInt(40)];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : sign());
    }
    return data;
  }

  /** An arrival time: near the event times, at a limit, or anywhere. */
  long arrivalTime() {
    switch (random.nextInt(4)) {
      case 0:
        return random.nextLong();
      case 1:
        return 253_402_300_799_999L;
      default:
        return 1_795_000_000_000L + random.nextInt(200_000);
    }
  }

  private char sign() {
    return SIGNS.charAt(random.nextInt(SIGNS.length()));
  }

  private String member(String name, String value) {
    String key = name;
    if (!name.isEmpty() && random.nextInt(10) == 0) {
      key = String.format("\\u%04x", (int) name.charAt(0)) + name.substring(1);
    }
    return space() + "\"" + key + "\"" + space() + ":" + space() + value;
  }

  private String space() {
    return random.nextInt(8) == 0 ? oneOf(List.of(" ", "\n", "\t", "\r\n", "  ")) : "";
  }

  /** A value at a limit of the field, valid or just invalid. */
  private String tame(String name) {
    switch (name) {
      case "event_time":
        return quoted(time());
      case "device_type":
        return oneOf(mostly() ? List.of("\"mobile\"", "\"ctv\"", "null") : DEVICES);
      case "country":
        return oneOf(mostly() ? List.of("\"US\"", "\"DE\"", "null") : COUNTRIES);
      case "ip":
        return mostly()
            ? oneOf(List.of("\"203.0.113.7\"", "\"2001:db8::7\"", "null"))
            : quoted(address());
      case "cost_micros":
      case "width":
      case "height":
        return mostly() ? oneOf(List.of("0", "2500", "2.5e3", "null", "-0.0")) : oneOf(NUMBERS);
      default:
        return quoted(text());
    }
  }

  private boolean mostly() {
    return random.nextInt(8) > 0;
  }

  private String wild(String name) {
    switch (random.nextInt(12)) {
      case 0:
        return oneOf(NUMBERS);
      case 1:
        return random.nextInt(3) == 0 ? oneOf(BROKEN) : "true";
      case 2:
        return "null";
      case 3:
        return nested(random.nextInt(4));
      case 4:
        return deep(998 + random.nextInt(4));
      case 5:
        return "9".repeat(random.nextInt(1_200));
      case 6:
        return quoted("");
      case 7:
        return quoted(oneOf(PARTS).repeat(126 + random.nextInt(5)));
      case 8:
        return quoted(address());
      default:
        return quoted(random.nextBoolean() ? text() : time());
    }
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int parts = 1 + random.nextInt(6); parts > 0; parts--) {
      text.append(mostly() ? oneOf(PARTS.subList(0, 4)) : oneOf(PARTS));
    }
    return text.toString();
  }

  private String time() {
    if (mostly()) {
      return EventTime.format(1_795_000_000_000L + random.nextInt(300_000));
    }
    String time =
        String.format(
            Locale.ROOT,
            "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
            oneOf(List.of(0, 1969, 1970, 2000, 2024, 2026, 2100, 9999)),
            random.nextInt(14),
            random.nextInt(33),
            random.nextInt(25),
            random.nextInt(61),
            random.nextInt(61),
            random.nextInt(1_000));
    return random.nextInt(4) > 0
        ? time
        : time.replace(oneOf(List.of("-", "T", ".", "Z", "0")), "1");
  }

  private String address() {
    if (random.nextBoolean()) {
      return oneOf(ADDRESSES);
    }
    StringBuilder address = new StringBuilder();
    for (int groups = random.nextInt(9); groups >= 0; groups--) {
      address.append(oneOf(List.of("", "0", "ab", "FFFF", "1.2.3.4", "12345"))).append(":");
    }
    return address.substring(0, address.length() - random.nextInt(2));
  }

  private String nested(int depth) {
    if (depth == 0) {
      return random.nextInt(6) == 0 ? oneOf(BROKEN) : oneOf(NUMBERS);
    }
    return random.nextBoolean()
        ? "[" + nested(depth - 1) + "," + quoted(text()) + "]"
        : "{\"user_id\":" + nested(depth - 1) + ",\"a\":[]}";
  }

  private static String deep(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  private <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static byte[] join(byte[] a, int fromA, int toA, byte[] b, int fromB, int toB) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    try {
      joined.write(Arrays.copyOfRange(a, fromA, toA));
      joined.write(Arrays.copyOfRange(b, fromB, toB));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return joined.toByteArray();
  }
}
