package adanalytics.privacy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/**
 * Reads a secret with the role of the job.
 *
 * <p>The HTTP client is the one of the JDK: those of Apache and Netty write what they receive to
 * the log when its level is DEBUG, which an environment can set.
 */
final class SecretReader {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private static final int REGION_IN_ARN = 3;

  private SecretReader() {}

  /**
   * @param secret name or ARN
   * @param region of the secret, unless its ARN names one
   * @param endpoint URL of an emulator, or null
   * @return the bytes of the secret; a text in UTF-8
   * @throws RuntimeException of the SDK, after its retries, when the secret cannot be read
   */
  static byte[] read(String secret, String region, String endpoint) {
    SecretsManagerClientBuilder builder =
        SecretsManagerClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .region(Region.of(regionOf(secret, region)))
            .overrideConfiguration(configuration -> configuration.apiCallTimeout(TIMEOUT));
    if (endpoint != null) {
      builder.endpointOverride(URI.create(endpoint));
    }
    try (SecretsManagerClient client = builder.build()) {
      GetSecretValueResponse response = client.getSecretValue(request -> request.secretId(secret));
      return response.secretBinary() == null
          ? response.secretString().getBytes(StandardCharsets.UTF_8)
          : response.secretBinary().asByteArray();
    }
  }

  private static String regionOf(String secret, String region) {
    // arn:<partition>:secretsmanager:<region>:<account>:secret:<name>
    String[] parts = secret.split(":");
    return secret.startsWith("arn:") && parts.length > REGION_IN_ARN
        ? parts[REGION_IN_ARN]
        : region;
  }
}
