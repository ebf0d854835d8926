package adanalytics.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the key comes from, and how the job refuses a key that it cannot use. */
class KeySourceTest {
  private static final String KEY = "secret-key-of-32-bytes-or-more-x";
  private static final String SECRET = "privacy/key";

  @TempDir private Path folder;

  private HttpServer secretsManager;
  private final AtomicReference<String> request = new AtomicReference<>();
  private volatile int status = 200;
  private volatile String answer;

  @BeforeEach
  void start() throws IOException {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    secretsManager =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    secretsManager.createContext(
        "/",
        exchange -> {
          request.set(
              exchange.getRequestHeaders().getFirst("X-Amz-Target")
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          byte[] body = answer.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    secretsManager.start();
  }

  @AfterEach
  void stop() {
    secretsManager.stop(0);
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n"})
  void aFileMayEndWithALineBreak(String end) throws IOException {
    assertThat(inFile(KEY + end).read()).isEqualTo(KEY.getBytes(UTF_8));
  }

  @Test
  void onlyOneLineBreakIsLeftOut() throws IOException {
    assertThat(inFile(KEY + "\n\n").read()).isEqualTo((KEY + "\n").getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "secret-key-of-31-bytes-is-short", "0123456789abcdef\n"})
  void aShortKeyInAFileIsRefused(String key) throws IOException {
    assertThatThrownBy(inFile(key)::read)
        .isInstanceOf(PrivacyKeyException.class)
        .hasMessageStartingWith("Privacy/privacy.key.file: ")
        .hasMessageContaining("must have at least 32")
        .satisfies(error -> assertThat(all(error)).doesNotContain("secret-key", "0123456789"));
  }

  @Test
  void aFileThatCannotBeReadIsRefused() {
    for (Path path : new Path[] {folder.resolve("absent"), folder}) {
      assertThatThrownBy(new KeySource(null, path.toString(), "us-east-1", null)::read)
          .isInstanceOf(PrivacyKeyException.class)
          .hasMessageContaining("Privacy/privacy.key.file")
          .hasMessageContaining(path.toString());
    }
  }

  @Test
  void aSecretIsAskedForByItsName() {
    answer = "{\"Name\":\"x\",\"SecretString\":\"" + KEY + "\\n\"}";
    assertThat(inSecret(SECRET).read()).isEqualTo(KEY.getBytes(UTF_8));
    assertThat(request.get())
        .isEqualTo("secretsmanager.GetSecretValue {\"SecretId\":\"" + SECRET + "\"}");
  }

  @Test
  void aSecretMayBeBinary() {
    byte[] key = new byte[32];
    key[0] = -1;
    answer = "{\"SecretBinary\":\"" + Base64.getEncoder().encodeToString(key) + "\"}";
    String arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:" + SECRET + "-AbCdEf";
    assertThat(inSecret(arn).read()).isEqualTo(key);
    assertThat(request.get()).contains(arn);
  }

  @Test
  void aShortSecretIsRefusedWithoutAWordOfIt() {
    answer = "{\"SecretString\":\"hunter2\"}";
    assertThatThrownBy(inSecret(SECRET)::read)
        .isInstanceOf(PrivacyKeyException.class)
        .hasMessageContaining("Privacy/privacy.key.secret")
        .hasMessageContaining("7 bytes")
        .satisfies(error -> assertThat(all(error)).doesNotContain("hunter2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ResourceNotFoundException", "AccessDeniedException"})
  void aSecretThatCannotBeReadIsRefused(String code) {
    status = 400;
    answer = "{\"__type\":\"" + code + "\",\"message\":\"not for you\"}";
    assertThatThrownBy(inSecret(SECRET)::read)
        .isInstanceOf(PrivacyKeyException.class)
        .hasMessageContaining("Privacy/privacy.key.secret")
        .hasMessageContaining(SECRET)
        .hasMessageContaining("not for you");
  }

  @Test
  void aTaskRefusesAnotherKeyThanThatOfTheStart() throws IOException {
    KeySource source = inFile(KEY);
    String checkValue = PrivacyKey.checkValueOf(source);
    assertThat(checkValue).matches("[0-9a-f]{16}");
    Files.writeString(folder.resolve("key"), "another-key-of-32-bytes-or-more-x");
    assertThatThrownBy(() -> PrivacyKey.read(source, checkValue))
        .isInstanceOf(PrivacyKeyException.class)
        .hasMessageContaining("another key than when the job started")
        .satisfies(error -> assertThat(all(error)).doesNotContain(KEY, "another-key"));
    Files.writeString(folder.resolve("key"), KEY);
    assertThat(PrivacyKey.read(source, checkValue)).isEqualTo(KEY.getBytes(UTF_8));
  }

  @Test
  void onePlaceMustBeNamed() throws IOException {
    for (KeySource source :
        new KeySource[] {
          new KeySource(null, null, "us-east-1", null), new KeySource("a", "/b", "us-east-1", null)
        }) {
      assertThatThrownBy(() -> new PrivacySettings("hmac", "full", source))
          .hasMessageContaining("Privacy/privacy.key.secret")
          .hasMessageContaining("Privacy/privacy.key.file");
    }
    assertThat(new PrivacySettings("plain", "full", new KeySource(null, null, "x", null)))
        .isNotNull();
  }

  private KeySource inFile(String key) throws IOException {
    Path file = folder.resolve("key");
    Files.writeString(file, key);
    return new KeySource(null, file.toString(), "us-east-1", null);
  }

  private KeySource inSecret(String secret) {
    String endpoint = "http://127.0.0.1:" + secretsManager.getAddress().getPort();
    return new KeySource(secret, null, "us-east-1", endpoint);
  }

  /** What a log would have of an error. */
  private static String all(Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
