package adanalytics.result;

import adanalytics.privacy.KeySource;
import adanalytics.privacy.PrivacySettings;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.connectors.kinesis.config.AWSConfigConstants;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.SerializationFormatFactory;

/**
 * Makes the stream of results writable in SQL, one table for each record type:
 *
 * <pre>{@code
 * CREATE TABLE late_event (record_type STRING, record_id STRING, ...)
 * WITH ('connector' = 'result-stream', 'tables' = '8', 'stream' = ..., 'format' = 'json', ...)
 * }</pre>
 */
public final class ResultTableFactory implements DynamicTableSinkFactory {
  static final String IDENTIFIER = "result-stream";

  private static final ConfigOption<Integer> TABLES =
      ConfigOptions.key("tables")
          .intType()
          .noDefaultValue()
          .withDescription("Number of result tables in the job; they share one sink.");
  private static final ConfigOption<String> STREAM =
      ConfigOptions.key("stream").stringType().noDefaultValue();
  private static final ConfigOption<String> REGION =
      ConfigOptions.key(AWSConfigConstants.AWS_REGION).stringType().noDefaultValue();
  private static final ConfigOption<String> ENDPOINT =
      ConfigOptions.key(AWSConfigConstants.AWS_ENDPOINT).stringType().noDefaultValue();
  private static final ConfigOption<String> HTTP_PROTOCOL =
      ConfigOptions.key(AWSConfigConstants.HTTP_PROTOCOL_VERSION).stringType().noDefaultValue();
  private static final ConfigOption<Duration> FLUSH_TIMEOUT =
      ConfigOptions.key("flush.timeout")
          .durationType()
          .noDefaultValue()
          .withDescription(
              "Longest time that a result waits to be sent in one request with others.");

  private static final ConfigOption<String> USER_IDS =
      ConfigOptions.key("privacy.user.ids")
          .stringType()
          .defaultValue(PrivacySettings.PLAIN)
          .withDescription("plain, or hmac: user ids are replaced by keyed hashes.");
  private static final ConfigOption<String> ADDRESSES =
      ConfigOptions.key("privacy.addresses")
          .stringType()
          .defaultValue(PrivacySettings.FULL)
          .withDescription("full, or cut: addresses are replaced by their networks.");
  private static final ConfigOption<String> KEY_SECRET =
      ConfigOptions.key("privacy.key.secret")
          .stringType()
          .noDefaultValue()
          .withDescription("Name or ARN of the secret with the key.");
  private static final ConfigOption<String> KEY_FILE =
      ConfigOptions.key("privacy.key.file")
          .stringType()
          .noDefaultValue()
          .withDescription("Path of a file with the key.");

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(TABLES, STREAM, REGION, FLUSH_TIMEOUT, FactoryUtil.FORMAT);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(ENDPOINT, HTTP_PROTOCOL, USER_IDS, ADDRESSES, KEY_SECRET, KEY_FILE);
  }

  @Override
  public DynamicTableSink createDynamicTableSink(Context context) {
    FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
    EncodingFormat<SerializationSchema<RowData>> format =
        helper.discoverEncodingFormat(SerializationFormatFactory.class, FactoryUtil.FORMAT);
    helper.validate();
    ReadableConfig options = helper.getOptions();
    return new ResultTableSink(
        context.getObjectIdentifier().getObjectName(),
        options.get(TABLES),
        context.getPhysicalRowDataType(),
        format,
        sink(options),
        privacy(options));
  }

  private static PrivacySettings privacy(ReadableConfig options) {
    return new PrivacySettings(
        options.get(USER_IDS),
        options.get(ADDRESSES),
        new KeySource(
            options.getOptional(KEY_SECRET).orElse(null),
            options.getOptional(KEY_FILE).orElse(null),
            options.get(REGION),
            options.getOptional(ENDPOINT).orElse(null)));
  }

  private static ResultSink sink(ReadableConfig options) {
    Properties client = new Properties();
    for (ConfigOption<String> option : Set.of(REGION, ENDPOINT, HTTP_PROTOCOL)) {
      options.getOptional(option).ifPresent(value -> client.setProperty(option.key(), value));
    }
    return new ResultSink(
        options.get(STREAM), client, options.get(FLUSH_TIMEOUT), ResultSink.MAX_OUTAGE);
  }
}
