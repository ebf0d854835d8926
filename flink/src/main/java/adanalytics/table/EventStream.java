package adanalytics.table;

import adanalytics.pipeline.EventPipeline;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * A stream of the pipeline as SQL can read it: the values of the connector's option {@code stream}.
 *
 * @param <T> the stream's class
 */
final class EventStream<T> {
  final String name;
  final List<Column<T>> columns;
  final Function<EventPipeline, DataStream<T>> stream;

  EventStream(String name, Function<EventPipeline, DataStream<T>> stream, List<Column<T>> columns) {
    this.name = name;
    this.stream = stream;
    this.columns = columns;
  }

  /**
   * @throws IllegalArgumentException when the stream does not exist
   */
  static EventStream<?> named(String name) {
    return EventStreams.ALL.stream()
        .filter(stream -> stream.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Option 'stream' is '"
                        + name
                        + "', but must be one of "
                        + EventStreams.names()));
  }

  /** Null when the stream does not have the column. */
  Column<T> column(String column) {
    return columns.stream()
        .filter(candidate -> candidate.name.equals(column))
        .findFirst()
        .orElse(null);
  }

  String columnNames() {
    return columns.stream().map(column -> column.name).collect(Collectors.joining(", "));
  }
}
