import { Delivery, type Emission } from './delivery';
import { startOrdinaryTraffic } from './ordinary-traffic';
import { startScenarios } from './scenarios/start-scenarios';
import { resolveSettings, type TrafficSettings } from './settings';
import { World } from './world';

/**
 * Simulated ad traffic, in order of arrival. Lazy: a record is made when it is asked for, so it may be endless and a
 * caller may wait as long as it likes between two (`for await` takes it as well). Pure: no clock and no other randomness
 * than the seed's.
 *
 * ```ts
 * for (const { stream, data, arrivalMs } of generateTraffic({ seed: 1, startTime: Date.now(), rate: 200,
 * durationSeconds: 60 })) ...
 * ```
 * @param settings see {@link TrafficSettings}
 * @throws TrafficSettingsError at once, naming every setting that is wrong
 */
export function generateTraffic(settings: TrafficSettings): Generator<Emission, void> {
  const resolved = resolveSettings(settings);
  const world = new World(resolved);
  startOrdinaryTraffic(world);
  startScenarios(world);
  return new Delivery(resolved).deliver(world.occurrences());
}
