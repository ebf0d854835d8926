package adanalytics.table;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;

/**
 * Converts an element of a stream to a row of a table.
 *
 * @param <T> the stream's class
 */
final class RowMapper<T> implements MapFunction<T, RowData> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<Column.Value<T>> values = new ArrayList<>();

  RowMapper(List<Column<T>> columns) {
    for (Column<T> column : columns) {
      values.add(column.value);
    }
  }

  @Override
  public RowData map(T element) {
    GenericRowData row = new GenericRowData(values.size());
    for (int i = 0; i < values.size(); i++) {
      row.setField(i, values.get(i).apply(element));
    }
    return row;
  }
}
