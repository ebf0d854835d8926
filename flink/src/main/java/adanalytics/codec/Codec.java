package adanalytics.codec;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How objects of one class become bytes, between operators and in state. Written by hand: Flink's
 * POJO serializer sets fields by reflection and reads text one character after the other.
 *
 * <p>An implementation is a public class with an empty constructor: a snapshot holds its name. A
 * change of the format of a class in state must still read the bytes of the format before.
 *
 * @param <T> the class
 */
public interface Codec<T> extends Serializable {
  /** The class. */
  Class<T> type();

  /** Writes an object. */
  void write(T value, DataOutputView out) throws IOException;

  /** Reads what {@link #write} wrote. */
  T read(DataInputView in) throws IOException;
}
