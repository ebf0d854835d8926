package adanalytics.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

/** Pseudonyms of any id. */
class PseudonymsProperties {
  private static final byte[] KEY = "k23456789012345678901234567890ab".getBytes(UTF_8);

  private final Pseudonyms pseudonyms = new Pseudonyms(KEY);

  /** As openssl computes them: {@code printf user:u1 | openssl dgst -sha256 -hmac <key>}. */
  @Example
  void areWhatOpensslSays() {
    assertThat(pseudonyms.ofUser(bytes("u1"))).isEqualTo("5d1b97bfd47db4ce778bf516e2463532");
    assertThat(pseudonyms.ofAddress(bytes("203.0.113.7"))).isEqualTo("e16cd0a2b5f3b1ba");
  }

  @Property
  void areTheSameForTheSameIdAndKey(@ForAll @StringLength(max = 128) String id) {
    assertThat(pseudonyms.ofUser(bytes(id)))
        .isEqualTo(new Pseudonyms(KEY).ofUser(bytes(id)))
        .matches("[0-9a-f]{32}");
    assertThat(pseudonyms.ofAddress(bytes(id)))
        .isEqualTo(new Pseudonyms(KEY).ofAddress(bytes(id)))
        .matches("[0-9a-f]{16}");
  }

  @Property
  void differForDifferentIds(@ForAll String one, @ForAll String other) {
    // Half a surrogate pair has no UTF-8; the contract does not allow it.
    Assume.that(!new String(bytes(one), UTF_8).equals(new String(bytes(other), UTF_8)));
    assertThat(pseudonyms.ofUser(bytes(one))).isNotEqualTo(pseudonyms.ofUser(bytes(other)));
  }

  @Property
  void differForDifferentKeys(@ForAll String id) {
    byte[] other = KEY.clone();
    other[0]++;
    assertThat(pseudonyms.ofUser(bytes(id))).isNotEqualTo(new Pseudonyms(other).ofUser(bytes(id)));
  }

  /** A producer may use the address of a visitor as the user id. */
  @Property
  void doNotLinkAUserIdWithTheSameAddress(@ForAll String id) {
    assertThat(pseudonyms.ofUser(bytes(id))).doesNotStartWith(pseudonyms.ofAddress(bytes(id)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
