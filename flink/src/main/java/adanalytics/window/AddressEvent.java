package adanalytics.window;

import adanalytics.codec.CodecType;
import adanalytics.event.AdEvent;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;

/** An event of an ip address. */
public class AddressEvent {
  /** The key of the windows. */
  public String ip;

  /** Milliseconds since the epoch. */
  public long time;

  /** One of the constants of {@link ActorCounter}. */
  public byte what;

  /** Who used the address. */
  public String userId;

  public AddressEvent() {}

  private AddressEvent(String ip, long time, byte what, String userId) {
    this.ip = ip;
    this.time = time;
    this.what = what;
    this.userId = userId;
  }

  static TypeInformation<AddressEvent> type() {
    return new CodecType<>(new AddressEventCodec());
  }

  /** Creates the event of an address; null if the event has no address. */
  static void of(AdEvent event, byte what, Collector<AddressEvent> out) {
    if (event.ip != null) {
      out.collect(new AddressEvent(event.ip, event.eventTime, what, event.userId));
    }
  }
}
