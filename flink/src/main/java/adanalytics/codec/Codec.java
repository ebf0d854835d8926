package adanalytics.codec;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes objects of one class, between operators and in state. Flink's POJO serializer is
 * slower: it sets fields by reflection and reads text character by character.
 *
 * <p>An implementation is a public class with an empty constructor, because a snapshot stores its
 * name. After a change of the format of a class in state, the codec must still read the earlier
 * format.
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
