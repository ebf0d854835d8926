package adanalytics.window;

/** All that is kept of one address, as one value. */
final class AddressState {
  final ActorState actor;

  /** The time at which a timer looks this value through, in milliseconds since the epoch. */
  long expiry = ActorState.NONE;

  AddressState(ActorState actor) {
    this.actor = actor;
  }
}
