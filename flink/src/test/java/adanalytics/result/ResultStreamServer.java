package adanalytics.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.apache.flink.streaming.connectors.kinesis.config.AWSConfigConstants;

/** PutRecords over HTTP, in this JVM, with the answers that a test asks for. */
final class ResultStreamServer implements AutoCloseable {
  /** How a request is answered. */
  enum Answer {
    TAKE_ALL(200, ""),
    TAKE_THE_FIRST(200, "ProvisionedThroughputExceededException"),
    TAKE_NONE(200, "ProvisionedThroughputExceededException"),
    FORBID(400, "AccessDeniedException"),
    NO_SUCH_STREAM(400, "ResourceNotFoundException"),
    BREAK(500, "InternalFailureException");

    private final int status;
    private final String error;

    Answer(int status, String error) {
      this.status = status;
      this.error = error;
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  static {
    // The client would write CBOR.
    System.setProperty("aws.cborEnabled", "false");
  }

  private final HttpServer server;
  private final AtomicInteger requests = new AtomicInteger();
  private final Semaphore refusals = new Semaphore(0);
  private final Map<String, String> taken = new ConcurrentHashMap<>();
  private volatile IntFunction<Answer> answers;

  /**
   * @param answers by the number of the request, from 0
   */
  ResultStreamServer(IntFunction<Answer> answers) throws IOException {
    this.answers = answers;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::handle);
    server.start();
  }

  /** Options of a client of this. */
  Properties client() {
    Properties client = new Properties();
    client.setProperty(AWSConfigConstants.AWS_REGION, "us-east-1");
    client.setProperty(
        AWSConfigConstants.AWS_ENDPOINT, "http://127.0.0.1:" + server.getAddress().getPort());
    client.setProperty(AWSConfigConstants.HTTP_PROTOCOL_VERSION, "HTTP1_1");
    client.setProperty(AWSConfigConstants.AWS_CREDENTIALS_PROVIDER, "BASIC");
    client.setProperty(AWSConfigConstants.AWS_ACCESS_KEY_ID, "test");
    client.setProperty(AWSConfigConstants.AWS_SECRET_ACCESS_KEY, "test");
    return client;
  }

  void answer(IntFunction<Answer> answers) {
    this.answers = answers;
  }

  /** The records that were taken: data by partition key. */
  Map<String, String> taken() {
    return taken;
  }

  /** Waits until a record was refused. */
  void awaitRefusal() throws InterruptedException {
    refusals.acquire();
  }

  private void handle(HttpExchange exchange) throws IOException {
    JsonNode request = JSON.readTree(exchange.getRequestBody());
    Answer answer = answers.apply(requests.getAndIncrement());
    ObjectNode body = JSON.createObjectNode();
    if (answer.status == 200) {
      answerRecords(request.get("Records"), answer, body);
    } else {
      body.put("__type", answer.error).put("message", "as the test asks");
    }
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(answer.status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
    if (answer != Answer.TAKE_ALL) {
      refusals.release();
    }
  }

  private void answerRecords(JsonNode records, Answer answer, ObjectNode body) {
    ArrayNode results = body.putArray("Records");
    int refused = 0;
    for (JsonNode record : records) {
      ObjectNode result = results.addObject();
      if (answer == Answer.TAKE_ALL
          || (answer == Answer.TAKE_THE_FIRST && record == records.get(0))) {
        taken.put(
            record.get("PartitionKey").textValue(),
            new String(
                Base64.getDecoder().decode(record.get("Data").textValue()),
                StandardCharsets.UTF_8));
        result.put("SequenceNumber", "1").put("ShardId", "shardId-000000000000");
      } else {
        refused++;
        result.put("ErrorCode", answer.error).put("ErrorMessage", "as the test asks");
      }
    }
    body.put("FailedRecordCount", refused);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
