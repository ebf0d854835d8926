package adanalytics.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the known fields of a record into a tree that the schema validator takes; part of the
 * oracle {@link SchemaValidatingParser}.
 */
final class TreeReader {
  /** Maximum nesting of objects and arrays, including the record itself. */
  static final int MAX_NESTING = 1_000;

  /** The greatest whole number up to which every JSON reader is exact: 2^53 - 1. */
  private static final double MAX_EXACT = 9_007_199_254_740_991.0;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** The JSON library reads only the lower byte of a character as a digit. */
  private static final Pattern ESCAPE_OF_OTHER_DIGITS =
      Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*+\\\\u[0-9a-fA-F]{0,3}[^\\x00-\\x7f]");

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Set<String> knownFields;

  private final JsonFactory factory =
      JsonFactory.builder()
          // Field names come from outside: a symbol table would grow, and it deliberately fails
          // when many names have the same hash.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          // A record has at most 10 MiB, so only the nesting needs a limit.
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final CharsetDecoder utf8 =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);

  /**
   * @param knownFields names of the fields to read
   */
  TreeReader(Set<String> knownFields) {
    this.knownFields = knownFields;
  }

  /**
   * @param data the record as it came from the stream
   * @return an object of the known fields; or what else the record is, an empty array for an array.
   *     Of a field that the record repeats, the last value.
   * @throws IllegalRecordException when the record is not UTF-8, not JSON or nested too deep; the
   *     message says where
   */
  JsonNode read(byte[] data) throws IllegalRecordException {
    CharBuffer text = decode(data);
    if (ESCAPE_OF_OTHER_DIGITS.matcher(text).find()) {
      throw new IllegalRecordException(
          "not valid JSON: an escape has a digit that is not hexadecimal");
    }
    int start = text.length() > 0 && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    try (JsonParser parser =
        factory.createParser(text.array(), text.arrayOffset() + start, text.length() - start)) {
      if (parser.nextToken() == null) {
        throw new IllegalRecordException("not valid JSON: the record is empty");
      }
      JsonNode record =
          parser.currentToken() == JsonToken.START_OBJECT ? readFields(parser) : readValue(parser);
      if (parser.nextToken() != null) {
        throw new IllegalRecordException("not valid JSON: more follows after the end of the value");
      }
      return record;
    } catch (StreamConstraintsException e) {
      throw new IllegalRecordException("record: nested deeper than " + MAX_NESTING + " levels");
    } catch (JsonParseException e) {
      throw new IllegalRecordException("not valid JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new IllegalRecordException("not valid JSON: " + e.getMessage());
    }
  }

  private CharBuffer decode(byte[] data) throws IllegalRecordException {
    ByteBuffer in = ByteBuffer.wrap(data);
    // A character of UTF-16 takes at least one byte of UTF-8.
    CharBuffer out = CharBuffer.allocate(data.length);
    CoderResult result = utf8.reset().decode(in, out, true);
    if (result.isError()) {
      throw new IllegalRecordException(
          "not valid JSON: the record is not UTF-8 at byte " + in.position());
    }
    utf8.flush(out);
    return out.flip();
  }

  private ObjectNode readFields(JsonParser parser) throws IOException {
    ObjectNode fields = NODES.objectNode();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (knownFields.contains(name)) {
        fields.set(name, readValue(parser));
      } else {
        parser.skipChildren();
      }
    }
    return fields;
  }

  /** A value for the validator; no field of an event is an object or an array. */
  private static JsonNode readValue(JsonParser parser) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT:
        parser.skipChildren();
        return NODES.objectNode();
      case START_ARRAY:
        parser.skipChildren();
        return NODES.arrayNode();
      case VALUE_STRING:
        return NODES.textNode(parser.getText());
      case VALUE_NUMBER_INT:
      case VALUE_NUMBER_FLOAT:
        return number(Double.parseDouble(parser.getText()));
      case VALUE_TRUE:
        return NODES.booleanNode(true);
      case VALUE_FALSE:
        return NODES.booleanNode(false);
      default:
        return NODES.nullNode();
    }
  }

  /** Reads numbers as JavaScript does, so 2500.0 and 2.5e3 are integers. */
  private static JsonNode number(double value) {
    boolean exact = value == Math.rint(value) && Math.abs(value) <= MAX_EXACT;
    // The validator fails on infinity; the greatest number is also invalid for every field.
    double finite = Math.max(-Double.MAX_VALUE, Math.min(value, Double.MAX_VALUE));
    return exact ? NODES.numberNode((long) value) : NODES.numberNode(finite);
  }

  /** Why the bytes cannot be a record. */
  static final class IllegalRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    IllegalRecordException(String reason) {
      super(reason);
    }
  }
}
