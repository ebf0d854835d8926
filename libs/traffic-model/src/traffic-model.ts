import { Delivery, type Emission } from './delivery';
import { startOrdinaryTraffic } from './ordinary-traffic';
import { startScenarios } from './scenarios/start-scenarios';
import { resolveSettings, type TrafficSettings } from './settings';
import { World } from './world';

/**
 * Simulated ad traffic, in order of arrival. Lazy: a record is created on request, so the traffic may be endless, and a caller may wait
 * between two records (`for await` also works). Deterministic: it depends only on the settings and the seed, not on a clock.
 *
 * ```ts
 * for (const { stream, data, arrivalMs } of generateTraffic({ seed: 1, startTime: Date.now(), rate: 200,
 * durationSeconds: 60 })) ...
 * ```
 * @param settings see {@link TrafficSettings}
 * @throws TrafficSettingsError immediately, with every invalid setting
 */
export function generateTraffic(settings: TrafficSettings): Generator<Emission, void> {
  const resolved = resolveSettings(settings);
  const world = new World(resolved);
  startOrdinaryTraffic(world);
  startScenarios(world);
  return new Delivery(resolved).deliver(world.occurrences());
}
