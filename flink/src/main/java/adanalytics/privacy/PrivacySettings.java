package adanalytics.privacy;

import java.io.Serializable;

/** How results change personal data: the settings of the group Privacy. */
public final class PrivacySettings implements Serializable {
  private static final long serialVersionUID = 1L;

  /** User ids stay as they are. */
  public static final String PLAIN = "plain";

  /** User ids become keyed hashes. */
  public static final String HMAC = "hmac";

  /** Addresses stay as they are. */
  public static final String FULL = "full";

  /** Addresses become their networks. */
  public static final String CUT = "cut";

  final boolean userIdsAreHashed;
  final boolean addressesAreCut;
  final KeySource key;

  /**
   * @param userIds plain or hmac
   * @param addresses full or cut
   * @param key where the key is; it may name no place when both are the defaults
   * @throws IllegalArgumentException when a value is another one, or a key is needed and none or
   *     two places are named
   */
  public PrivacySettings(String userIds, String addresses, KeySource key) {
    userIdsAreHashed = isSecond("privacy.user.ids", userIds, PLAIN, HMAC);
    addressesAreCut = isSecond("privacy.addresses", addresses, FULL, CUT);
    this.key = key;
    if (changesResults()) {
      key.requireOnePlace();
    }
  }

  private static boolean isSecond(String setting, String value, String first, String second) {
    if (!value.equals(first) && !value.equals(second)) {
      throw new IllegalArgumentException(
          String.format("Privacy/%s is '%s', but must be %s or %s", setting, value, first, second));
    }
    return value.equals(second);
  }

  /** Whether results differ from those of the defaults. */
  boolean changesResults() {
    return userIdsAreHashed || addressesAreCut;
  }
}
