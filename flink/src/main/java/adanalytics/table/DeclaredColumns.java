package adanalytics.table;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeUtils;

/** Matches the columns of a CREATE TABLE with those of its stream. */
final class DeclaredColumns {
  private DeclaredColumns() {}

  /**
   * @param table the table's name, for error messages
   * @param declared the physical columns of the CREATE TABLE
   * @param stream the stream of the table
   * @return the stream's columns in the order of the declaration
   * @throws ValidationException when the stream does not have a column, or its type differs; names
   *     all such columns
   */
  static <T> List<Column<T>> match(String table, RowType declared, EventStream<T> stream) {
    List<Column<T>> matched = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (RowType.RowField field : declared.getFields()) {
      Column<T> column = stream.column(field.getName());
      // The type of the watermark column has a special attribute.
      LogicalType type = LogicalTypeUtils.removeTimeAttributes(field.getType());
      if (column == null) {
        problems.add(
            String.format(
                "column '%s' does not exist; the stream has: %s",
                field.getName(), stream.columnNames()));
      } else if (!type.copy(true).equals(column.type.copy(true))) {
        problems.add(
            String.format(
                "column '%s' is %s, but is declared as %s",
                field.getName(), column.type.asSummaryString(), type.asSummaryString()));
      } else if (!type.isNullable() && column.type.isNullable()) {
        problems.add(
            String.format("column '%s' can be null, but is declared NOT NULL", field.getName()));
      } else {
        matched.add(column);
      }
    }
    if (!problems.isEmpty()) {
      throw new ValidationException(
          String.format(
              "Table %s does not match the stream '%s':%n  %s",
              table, stream.name, String.join(System.lineSeparator() + "  ", problems)));
    }
    return matched;
  }
}
