package adanalytics.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parser applies every rule of a schema, or rejects the schema. */
class EventSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "{}",
          "[1]",
          "\"\"",
          "\"a\"",
          "\"ab\"",
          "\"abc\"",
          "\"\\ud83d\\ude00\"",
          "\"\\ud83d\"",
          "\"a\\n\"",
          "0",
          "-0.0",
          "1",
          "2.5",
          "-7",
          "-7.5",
          "7",
          "8",
          "1e2",
          "1e300",
          "-1e300",
          "1e999",
          "9007199254740991",
          "9007199254740992");

  /** Schemas that the contract does not use today, compared with the validator. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'string'}",
        "{'type':'null'}",
        "{'type':'boolean'}",
        "{'type':'number','minimum':-7,'maximum':7}",
        "{'type':['integer','null'],'minimum':-7,'maximum':7}",
        "{'type':['integer','string','null'],'minimum':1,'minLength':1}",
        "{'type':['null','string'],'minLength':2,'maxLength':2}",
        "{'type':'string','minLength':0,'maxLength':1}",
        "{'type':'string','pattern':'b'}",
        "{'type':'string','pattern':'^(?:a*)(?![\\\\s\\\\S])','minLength':1}",
        "{'type':['string','null'],'enum':['a','ab']}",
        "{'type':['string','null'],'enum':['a',null],'maxLength':1}",
        "{'type':['string','integer'],'enum':[]}"
      })
  void agreesWithTheValidatorOnOtherRules(String rule) throws Exception {
    JsonNode json = schema("'f':" + rule + ",'g':{'type':'string'}", "'f'");
    EventSchema schema = new EventSchema(json);
    JsonSchema oracle = SchemaValidatingParser.schemaOf(json);
    TreeReader trees = new TreeReader(Set.of("f", "g"));

    for (String value : VALUES) {
      for (String text :
          List.of(
              "{\"f\":" + value + "}",
              "{\"g\":" + value + "}",
              value,
              "{\"f\":1,\"f\":" + value + "}")) {
        byte[] record = text.getBytes(StandardCharsets.UTF_8);

        assertThat(problems(schema, record))
            .as(text)
            .isEqualTo(SchemaValidatingParser.problems(oracle, trees.read(record)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "format | {'type':'string','format':'date'}",
        "exclusiveMinimum | {'type':'integer','exclusiveMinimum':0}",
        "const | {'type':'string','const':'a'}",
        "anyOf | {'anyOf':[{'type':'string'}]}",
        "type | {'type':'object'}",
        "type | {'type':['string','array']}",
        "enum | {'type':'integer','enum':[1]}",
        "minimum | {'type':'number','minimum':0.5}",
        "maximum | {'type':'integer','maximum':9007199254740992}",
        "maxLength | {'type':'string','maxLength':-1}",
        "pattern | {'type':'string','pattern':1}",
      })
  void refusesARuleOfAFieldThatItDoesNotKnow(String keyword, String rule) {
    assertThatThrownBy(() -> new EventSchema(schema("'f':" + rule, "'f'")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("\"" + keyword + "\"")
        .hasMessageContaining("field f");
  }

  @Test
  void refusesAFieldWithoutAType() {
    assertThatThrownBy(() -> new EventSchema(schema("'f':{'minLength':1}", "'f'")))
        .hasMessage("The schema of the field f lacks \"type\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'additionalProperties':false",
        "'dependentRequired':{}",
        "'minProperties':1",
        "'type':'array'",
        "'$schema':'http://json-schema.org/draft-07/schema#'"
      })
  void refusesARuleOfTheRecordThatItDoesNotKnow(String rule) {
    String keyword = rule.substring(1, rule.indexOf('\'', 1));

    assertThatThrownBy(() -> new EventSchema(schema("'f':{'type':'string'}", "'f'", rule)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("\"" + keyword + "\"");
  }

  @Test
  void refusesARequiredFieldWithoutARule() {
    assertThatThrownBy(() -> new EventSchema(schema("'f':{'type':'string'}", "'g'")))
        .hasMessage("The schema of a record does not name the field g");
  }

  @Test
  void refusesAFieldOfAnotherTypeThanTheEventHas() throws Exception {
    EventSchema schema =
        new EventSchema(schema("'f':{'type':['string','integer']},'n':{'type':'number'}", ""));

    assertThatThrownBy(() -> schema.text("f")).hasMessageContaining("field f must allow only text");
    assertThatThrownBy(() -> schema.wholeNumber("n"))
        .hasMessageContaining("field n must allow only whole numbers");
  }

  private static String problems(EventSchema schema, byte[] record) throws Exception {
    FieldValues values = new FieldValues(schema.size());
    JsonKind kind = new RecordReader(schema).read(record, values);
    Problems problems = new Problems();
    schema.check(kind, values, problems);
    return problems.describe();
  }

  private static JsonNode schema(String properties, String required, String... more)
      throws JsonProcessingException {
    String text =
        "{'$schema':'https://json-schema.org/draft/2020-12/schema','type':'object','properties':{"
            + properties
            + "},'required':["
            + required
            + "]"
            + (more.length == 0 ? "" : "," + more[0])
            + "}";
    return JSON.readTree(text.replace('\'', '"'));
  }
}
