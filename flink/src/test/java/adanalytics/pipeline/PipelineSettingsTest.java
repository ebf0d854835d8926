package adanalytics.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineSettingsTest {
  private final Map<String, String> parameters = new HashMap<>();

  /** The file that the job is deployed with. */
  @BeforeEach
  void readDefaults() throws IOException {
    for (JsonNode group : new ObjectMapper().readTree(new File("kinesis-config.json"))) {
      String name = group.get("PropertyGroupId").textValue();
      group
          .get("PropertyMap")
          .fields()
          .forEachRemaining(
              entry -> parameters.put(name + "/" + entry.getKey(), entry.getValue().textValue()));
    }
  }

  @Test
  void readsTheDeployedSettings() {
    PipelineSettings settings = new PipelineSettings(parameters);

    assertThat(settings.impressions.stream).isEqualTo("AdImpressionsStreamInput");
    assertThat(settings.clicks.stream).isEqualTo("ClicksStreamInput");
    assertThat(settings.impressions.outOfOrdernessMillis).isEqualTo(5_000);
    assertThat(settings.impressions.idleTimeoutMillis).isEqualTo(10_000);
    assertThat(settings.impressions.maxFutureMillis).isEqualTo(60_000);
    assertThat(settings.attributionWindowMillis).isEqualTo(600_000);
    assertThat(settings.clicks.consumer)
        .containsEntry("aws.region", "us-east-1")
        .containsEntry("flink.stream.initpos", "TRIM_HORIZON")
        .containsEntry("flink.shard.discovery.intervalmillis", "5000")
        .containsEntry("flink.shard.getrecords.maxretries", "60")
        .containsEntry("flink.shard.getiterator.maxretries", "60")
        .doesNotContainKey("aws.endpoint");
  }

  @Test
  void takesTheEndpointOfALocalStack() {
    parameters.put("AdClicksStream/aws.endpoint", "http://127.0.0.1:4566");

    PipelineSettings settings = new PipelineSettings(parameters);

    assertThat(settings.clicks.consumer).containsEntry("aws.endpoint", "http://127.0.0.1:4566");
    assertThat(settings.impressions.consumer).doesNotContainKey("aws.endpoint");
  }

  @ParameterizedTest
  @CsvSource({
    "AdImpressionsStream,stream.name",
    "AdClicksStream,aws.region",
    "Source,initial.position",
    "EventTime,max.out.of.orderness.seconds",
    "EventTime,idle.timeout.seconds",
    "EventTime,max.future.seconds",
    "Attribution,attribution.window.seconds",
    "Fraud,too.fast.click.millis",
    "Fraud,short.window.seconds",
    "Fraud,long.slide.seconds",
    "Fraud,id.fan.out.threshold",
    "Fraud,reason.known_bot.enabled",
    "Fraud,abnormal.ctr.threshold",
    "Engagement,engagement.slide.seconds"
  })
  void namesAMissingSetting(String group, String setting) {
    parameters.remove(group + "/" + setting);

    assertThatThrownBy(() -> new PipelineSettings(parameters))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Setting '%s' of property group '%s' is missing: add it to the properties",
            setting, group);
  }

  @ParameterizedTest
  @CsvSource({
    "Source,initial.position,AT_TIMESTAMP,'one of TRIM_HORIZON, LATEST'",
    "EventTime,max.out.of.orderness.seconds,five,a whole number",
    "EventTime,max.out.of.orderness.seconds,-1,0 or more",
    "EventTime,idle.timeout.seconds,0,1 or more",
    "Attribution,attribution.window.seconds,0,1 or more",
    "Attribution,attribution.window.seconds,99999999999,2147483647 or less",
    "Fraud,too.fast.click.millis,0.5,a whole number",
    "Fraud,metronome.min.clicks,1,2 or more",
    "Fraud,abnormal.ctr.threshold,half,a number",
    "Fraud,abnormal.ctr.threshold,NaN,above 0",
    "Fraud,abnormal.ctr.threshold,0,above 0",
    "Fraud,reason.known_bot.enabled,TRUE,'one of true, false'"
  })
  void namesTheAllowedValuesOfAWrongSetting(
      String group, String setting, String value, String expected) {
    parameters.put(group + "/" + setting, value);

    assertThatThrownBy(() -> new PipelineSettings(parameters))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Setting '%s' of property group '%s' is '%s', but must be %s",
            setting, group, value, expected);
  }

  @Test
  void aWindowMustBeAMultipleOfItsSlide() {
    parameters.put("Engagement/engagement.slide.seconds", "7");

    assertThatThrownBy(() -> new PipelineSettings(parameters))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be a multiple of its slide");
  }
}
