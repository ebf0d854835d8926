package adanalytics.window;

import adanalytics.codec.CodecType;
import adanalytics.event.AdEvent;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;

/** What somebody did, under one of the two who may be behind it: an address or a user. */
public class ActorEvent {
  static final byte IMPRESSION = 0;
  static final byte CLICK = 1;
  static final byte UNATTRIBUTED_CLICK = 2;

  /** Type and id: {@code ip:192.0.2.1}, {@code user:u1}. The key of the windows. */
  public String actor;

  /** Milliseconds since the epoch. */
  public long time;

  /** One of the constants of this class. */
  public byte what;

  /** Who used the address; null under a user. */
  public String userId;

  public ActorEvent() {}

  private ActorEvent(String actor, long time, byte what, String userId) {
    this.actor = actor;
    this.time = time;
    this.what = what;
    this.userId = userId;
  }

  static TypeInformation<ActorEvent> type() {
    return new CodecType<>(new ActorEventCodec());
  }

  /** An event under its address, if it has one, and under its user. */
  static void ofBoth(AdEvent event, byte what, Collector<ActorEvent> out) {
    ofAddress(event, what, out);
    out.collect(new ActorEvent("user:" + event.userId, event.eventTime, what, null));
  }

  /** An event under its address, if it has one. */
  static void ofAddress(AdEvent event, byte what, Collector<ActorEvent> out) {
    if (event.ip != null) {
      out.collect(new ActorEvent("ip:" + event.ip, event.eventTime, what, event.userId));
    }
  }

  static String actorType(String actor) {
    return actor.substring(0, actor.indexOf(':'));
  }

  static String actorId(String actor) {
    return actor.substring(actor.indexOf(':') + 1);
  }
}
