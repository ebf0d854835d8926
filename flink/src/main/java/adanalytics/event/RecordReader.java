package adanalytics.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads the known fields of a record with a streaming parser. All other fields are checked to be
 * JSON and ignored, whatever they contain: an old job must not stop on a newer producer.
 *
 * <p>Not thread-safe.
 */
final class RecordReader {
  /** Maximum nesting of objects and arrays, including the record itself. */
  static final int MAX_NESTING = 1_000;

  /** A double represents every integer with fewer digits exactly. */
  private static final int EXACT_DIGITS = 15;

  /**
   * Longer records get a temporary buffer, so that one long record does not occupy memory
   * permanently.
   */
  private static final int KEPT_BUFFER = 64 * 1024;

  private static final int LAST_ASCII = 0x7F;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final EventSchema schema;
  private CharBuffer buffer = CharBuffer.allocate(2 * 1024);

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
   * @param schema names the fields to read
   */
  RecordReader(EventSchema schema) {
    this.schema = schema;
  }

  /**
   * @param data the record as it came from the stream
   * @param values receives the values of the fields. If the record repeats a field, the last value
   *     counts. Contents of objects and arrays are ignored, because no field of an event has these
   *     types
   * @return the kind of the record's JSON value; a record that is not an object has no fields
   * @throws IllegalRecordException when the record is not UTF-8, not JSON or nested too deep; the
   *     message says where
   */
  JsonKind read(byte[] data, FieldValues values) throws IllegalRecordException {
    values.clear();
    CharBuffer text = decode(data);
    if (text.length() < data.length) {
      checkEscapes(text);
    }
    int start = text.length() > 0 && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    try (JsonParser parser =
        factory.createParser(text.array(), text.arrayOffset() + start, text.length() - start)) {
      if (parser.nextToken() == null) {
        throw new IllegalRecordException("not valid JSON: the record is empty");
      }
      JsonKind record = kindOf(parser);
      if (record == JsonKind.OBJECT) {
        readFields(parser, values);
      } else {
        parser.skipChildren();
      }
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
    CharBuffer out = bufferFor(data.length);
    CoderResult result = utf8.reset().decode(in, out, true);
    if (result.isError()) {
      throw new IllegalRecordException(
          "not valid JSON: the record is not UTF-8 at byte " + in.position());
    }
    utf8.flush(out);
    return out.flip();
  }

  /**
   * The JSON library reads only the lower byte of each character after {@code \\u}, so it accepts
   * U+0131 as the digit 1. This can occur only in a record with non-ASCII characters. The library
   * reports any other invalid digit.
   */
  private static void checkEscapes(CharBuffer text) throws IllegalRecordException {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '\\') {
        continue;
      }
      i++;
      if (i < text.length() && text.charAt(i) == 'u') {
        int digit = i + 1;
        int end = Math.min(i + 5, text.length());
        while (digit < end && isHexadecimal(text.charAt(digit))) {
          digit++;
        }
        if (digit < end && text.charAt(digit) > LAST_ASCII) {
          throw new IllegalRecordException(
              "not valid JSON: an escape has a digit that is not hexadecimal");
        }
      }
    }
  }

  private static boolean isHexadecimal(char c) {
    return c <= LAST_ASCII && Character.digit(c, 16) >= 0;
  }

  /** A character of UTF-16 takes at least one byte of UTF-8. */
  private CharBuffer bufferFor(int bytes) {
    if (bytes > KEPT_BUFFER) {
      return CharBuffer.allocate(bytes);
    }
    if (bytes > buffer.capacity()) {
      buffer = CharBuffer.allocate(KEPT_BUFFER);
    }
    return buffer.clear();
  }

  private void readFields(JsonParser parser, FieldValues values) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      Integer field = schema.find(parser.currentName());
      parser.nextToken();
      if (field == null) {
        parser.skipChildren();
      } else {
        readValue(parser, field, values);
      }
    }
  }

  private static void readValue(JsonParser parser, int field, FieldValues values)
      throws IOException {
    switch (parser.currentToken()) {
      case VALUE_STRING:
        values.setText(field, parser.getText());
        break;
      case VALUE_NUMBER_INT:
      case VALUE_NUMBER_FLOAT:
        values.setNumber(field, number(parser));
        break;
      default:
        values.set(field, kindOf(parser));
        parser.skipChildren();
    }
  }

  /** Reads numbers as JavaScript does, so 2500.0 and 2.5e3 are integers. */
  private static double number(JsonParser parser) throws IOException {
    boolean exact =
        parser.currentToken() == JsonToken.VALUE_NUMBER_INT
            && parser.getTextLength() <= EXACT_DIGITS;
    return exact ? parser.getLongValue() : Double.parseDouble(parser.getText());
  }

  private static JsonKind kindOf(JsonParser parser) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT:
        return JsonKind.OBJECT;
      case START_ARRAY:
        return JsonKind.ARRAY;
      case VALUE_STRING:
        return JsonKind.STRING;
      case VALUE_TRUE:
      case VALUE_FALSE:
        return JsonKind.BOOLEAN;
      case VALUE_NULL:
        return JsonKind.NULL;
      default:
        return JsonKind.ofNumber(number(parser));
    }
  }

  /** Why the bytes cannot be a record. */
  static final class IllegalRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    IllegalRecordException(String reason) {
      super(reason);
    }
  }
}
