package adanalytics.window;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.StringJoiner;

/** Formats the public fields of an object as text, for comparisons. */
final class FieldsAsText {
  private FieldsAsText() {}

  static String of(Object value) throws IllegalAccessException {
    StringJoiner text = new StringJoiner(", ", value.getClass().getSimpleName() + "(", ")");
    for (Field field : value.getClass().getFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        Object content = field.get(value);
        String shown =
            content instanceof long[] ? Arrays.toString((long[]) content) : String.valueOf(content);
        text.add(field.getName() + " " + shown);
      }
    }
    return text.toString();
  }
}
