package adanalytics.pipeline;

import java.util.Map;

/**
 * Reads the job's runtime properties from Flink's global job parameters, {@code
 * <PropertyGroupId>/<setting>}. A wrong setting stops the job before it starts, with an error that
 * names it.
 */
final class JobParameters {
  private final Map<String, String> values;

  JobParameters(Map<String, String> values) {
    this.values = values;
  }

  /**
   * @throws IllegalArgumentException when the setting is absent or blank
   */
  String text(String group, String setting) {
    String value = optionalText(group, setting);
    if (value == null) {
      throw new IllegalArgumentException(
          String.format(
              "Setting '%s' of property group '%s' is missing: add it to the properties",
              setting, group));
    }
    return value;
  }

  /** Null when the setting is absent or blank. */
  String optionalText(String group, String setting) {
    String value = values.get(group + "/" + setting);
    return value == null || value.trim().isEmpty() ? null : value.trim();
  }

  /**
   * @return a whole number of the given least value or more
   * @throws IllegalArgumentException when the setting is absent, not a whole number or too small
   */
  long wholeNumber(String group, String setting, long least) {
    String value = text(group, setting);
    long number;
    try {
      number = Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw invalid(group, setting, value, "a whole number");
    }
    if (number < least) {
      throw invalid(group, setting, value, least + " or more");
    }
    // Seconds are converted to milliseconds and added to event times, so a larger value could
    // overflow.
    if (number > Integer.MAX_VALUE) {
      throw invalid(group, setting, value, Integer.MAX_VALUE + " or less");
    }
    return number;
  }

  /**
   * @return a number above 0
   * @throws IllegalArgumentException when the setting is absent or no such number
   */
  double positiveNumber(String group, String setting) {
    String value = text(group, setting);
    double number;
    try {
      number = Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw invalid(group, setting, value, "a number");
    }
    if (!(number > 0 && number <= Double.MAX_VALUE)) {
      throw invalid(group, setting, value, "above 0");
    }
    return number;
  }

  /**
   * @throws IllegalArgumentException when the setting is absent or none of the values
   */
  String oneOf(String group, String setting, String... allowed) {
    String value = text(group, setting);
    for (String candidate : allowed) {
      if (candidate.equals(value)) {
        return value;
      }
    }
    throw invalid(group, setting, value, "one of " + String.join(", ", allowed));
  }

  /**
   * @return whether the switch is on
   * @throws IllegalArgumentException when the setting is absent or neither true nor false
   */
  boolean flag(String group, String setting) {
    return oneOf(group, setting, "true", "false").equals("true");
  }

  private static IllegalArgumentException invalid(
      String group, String setting, String value, String expected) {
    return new IllegalArgumentException(
        String.format(
            "Setting '%s' of property group '%s' is '%s', but must be %s",
            setting, group, value, expected));
  }
}
