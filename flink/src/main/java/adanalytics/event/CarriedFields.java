package adanalytics.event;

import adanalytics.codec.Texts;
import adanalytics.codec.VarInts;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Fields of an impression that are copied to its attributed clicks; no operator reads them. The
 * list is defined in libs/event-schemas (CARRIED_FIELDS) and packaged in the jar. State stores the
 * values by position in the list, so a new field must come last and no field may be removed.
 *
 * <p>Every value is stored as text, an integer as its digits. So state can be read without a
 * schema.
 */
public final class CarriedFields {
  private static final String RESOURCE = "/schemas/carried-fields.json";

  private final List<String> names;
  private final int[] fields;
  private final boolean[] texts;

  /**
   * @param names of the fields, in the order in which they were added
   * @param schema of impressions
   * @throws IllegalStateException when the schema does not define a field, or allows a type other
   *     than text or integer
   */
  CarriedFields(List<String> names, EventSchema schema) {
    this.names = List.copyOf(names);
    fields = new int[names.size()];
    texts = new boolean[names.size()];
    for (int place = 0; place < fields.length; place++) {
      String name = names.get(place);
      texts[place] = schema.isText(name);
      fields[place] = texts[place] ? schema.text(name) : schema.wholeNumber(name);
    }
  }

  /**
   * @return the fields of the list in the jar
   * @throws IllegalStateException when the jar lacks the list or the schema, or they do not match
   */
  public static CarriedFields ofTheJar() {
    return OfTheJar.FIELDS;
  }

  /** Read at the first use. */
  private static final class OfTheJar {
    private static final CarriedFields FIELDS =
        new CarriedFields(readNames(), EventSchema.of(EventKind.IMPRESSION));
  }

  private static List<String> readNames() {
    List<String> names = new ArrayList<>();
    for (JsonNode name : JarJson.read(RESOURCE)) {
      names.add(name.asText());
    }
    return names;
  }

  /** In the order in which they were added. */
  public List<String> names() {
    return names;
  }

  /** Whether the values of a field are text; otherwise they are integers. */
  public boolean isText(int place) {
    return texts[place];
  }

  /**
   * The values of a record by position, null for an absent value; null when no field is carried.
   */
  String[] valuesOf(FieldValues values) {
    if (fields.length == 0) {
      return null;
    }
    String[] carried = new String[fields.length];
    for (int place = 0; place < fields.length; place++) {
      if (texts[place]) {
        carried[place] = values.text(fields[place]);
      } else {
        Long number = values.whole(fields[place]);
        carried[place] = number == null ? null : number.toString();
      }
    }
    return carried;
  }

  /** Writes values; not null. */
  public static void write(String[] carried, DataOutputView out) throws IOException {
    VarInts.write(carried.length, out);
    for (String value : carried) {
      Texts.write(value, out);
    }
  }

  /** Reads what {@link #write} wrote, also if fields were added later. */
  public static String[] read(DataInputView in) throws IOException {
    String[] carried = new String[(int) VarInts.read(in)];
    for (int place = 0; place < carried.length; place++) {
      carried[place] = Texts.read(in);
    }
    return carried;
  }
}
