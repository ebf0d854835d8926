package adanalytics.result;

import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.connector.kinesis.sink.KinesisStreamsConfigConstants;
import org.apache.flink.kinesis.shaded.org.apache.flink.connector.aws.util.AWSClientUtil;
import org.apache.flink.kinesis.shaded.org.apache.flink.connector.aws.util.AWSGeneralUtil;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

/**
 * The client of one stream, with the same options, user agent and retries as the connector's
 * client.
 */
final class KinesisWriter implements AutoCloseable {
  private final String stream;
  private final SdkAsyncHttpClient http;
  private final KinesisAsyncClient kinesis;

  /**
   * @param stream its name
   * @param options {@code aws.*}, as the connector takes them
   */
  KinesisWriter(String stream, Properties options) {
    this.stream = stream;
    AWSGeneralUtil.validateAwsCredentials(options);
    http = AWSGeneralUtil.createAsyncHttpClient(options);
    kinesis =
        AWSClientUtil.createAwsAsyncClient(
            options,
            http,
            KinesisAsyncClient.builder(),
            KinesisStreamsConfigConstants.BASE_KINESIS_USER_AGENT_PREFIX_FORMAT,
            KinesisStreamsConfigConstants.KINESIS_CLIENT_USER_AGENT_PREFIX);
  }

  String stream() {
    return stream;
  }

  /**
   * @param entries at most 500 records
   * @return the response, or an error after the client's own retries
   */
  CompletableFuture<PutRecordsResponse> put(List<PutRecordsRequestEntry> entries) {
    return kinesis.putRecords(
        PutRecordsRequest.builder().streamName(stream).records(entries).build());
  }

  @Override
  public void close() {
    AWSGeneralUtil.closeResources(http, kinesis);
  }
}
