package adanalytics.privacy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * The network of an address: what is left of it when results must not contain addresses.
 *
 * <p>The parsers of the JDK and of Netty are not used: the JDK asks the DNS about what it cannot
 * read, and Netty takes {@code ::203.0.113.7} for a mapped address.
 */
final class AddressNetwork {
  /** For a text that is not an address. The contract does not allow one. */
  static final String UNKNOWN = "unknown";

  private static final Pattern BYTE = Pattern.compile("[0-9]{1,3}");
  private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
  private static final int GROUPS = 8;

  /** The 48 bits of a network of v6 are three groups of 16. */
  private static final int GROUPS_OF_NETWORK = 3;

  /** RFC 3056: the next two groups are an address of v4. */
  private static final int PREFIX_OF_6TO4 = 0x2002;

  private AddressNetwork() {}

  /**
   * @param address v4 or v6 in any spelling of the contract
   * @return the first 24 bits of v4, {@code 203.0.113.0/24}, or the first 48 bits of v6, {@code
   *     2001:db8:1::/48}, in the spelling of RFC 5952. A v4 address that is mapped into v6 ({@code
   *     ::ffff:203.0.113.7}) is a v4 address: its first 48 bits as v6 say nothing. So is a v4
   *     address of 6to4 ({@code 2002:cb00:7107::1}): its first 48 bits as v6 contain all of the
   *     address
   */
  static String of(String address) {
    List<Integer> groups = address.indexOf(':') < 0 ? v4Groups(address) : v6Groups(address);
    if (groups == null) {
      return UNKNOWN;
    }
    if (groups.size() == 2) {
      return v4(groups);
    }
    if (groups.get(0) == PREFIX_OF_6TO4) {
      return v4(groups.subList(1, 3));
    }
    return isMapped(groups) ? v4(groups.subList(GROUPS - 2, GROUPS)) : v6(groups);
  }

  private static boolean isMapped(List<Integer> groups) {
    return groups.get(5) == 0xffff && groups.subList(0, 5).stream().allMatch(group -> group == 0);
  }

  private static String v4(List<Integer> groups) {
    int high = groups.get(0);
    return (high >> 8) + "." + (high & 0xff) + "." + (groups.get(1) >> 8) + ".0/24";
  }

  /** The five groups after the network are zero, so they are always what {@code ::} is for. */
  private static String v6(List<Integer> groups) {
    int size = GROUPS_OF_NETWORK;
    while (size > 0 && groups.get(size - 1) == 0) {
      size--;
    }
    StringJoiner network = new StringJoiner(":", "", "::/48");
    for (int group : groups.subList(0, size)) {
      network.add(Integer.toHexString(group));
    }
    return network.toString();
  }

  /** The eight groups; null when the text is not an address. */
  private static List<Integer> v6Groups(String address) {
    String[] halves = address.split("::", -1);
    List<Integer> groups = groupsOf(halves[0]);
    if (halves.length == 2 && groups != null) {
      List<Integer> tail = groupsOf(halves[1]);
      if (tail == null || groups.size() + tail.size() >= GROUPS) {
        return null;
      }
      groups.addAll(Collections.nCopies(GROUPS - groups.size() - tail.size(), 0));
      groups.addAll(tail);
    }
    return halves.length > 2 || groups == null || groups.size() != GROUPS ? null : groups;
  }

  /** The groups of one side of {@code ::}; null when there is something else. */
  private static List<Integer> groupsOf(String part) {
    List<Integer> groups = new ArrayList<>();
    if (part.isEmpty()) {
      return groups;
    }
    for (String word : part.split(":", -1)) {
      if (GROUP.matcher(word).matches()) {
        groups.add(Integer.parseInt(word, 16));
      } else {
        List<Integer> v4 = v4Groups(word);
        if (v4 == null) {
          return null;
        }
        groups.addAll(v4);
      }
    }
    return groups;
  }

  /** A v4 address as two groups; null when the text is not one. */
  private static List<Integer> v4Groups(String address) {
    String[] words = address.split("\\.", -1);
    int[] bytes = new int[4];
    for (int i = 0; i < bytes.length; i++) {
      if (words.length != bytes.length || !BYTE.matcher(words[i]).matches()) {
        return null;
      }
      bytes[i] = Integer.parseInt(words[i]);
      if (bytes[i] > 0xff) {
        return null;
      }
    }
    return List.of(bytes[0] << 8 | bytes[1], bytes[2] << 8 | bytes[3]);
  }
}
