import { clickDelay } from './click-delay';
import { dayCurve } from './day-curve';
import { ORDINARY } from './label';
import { RandomStream } from './random-stream';
import type { World } from './world';

/**
 * Starts the ordinary visitors: impressions are a Poisson process whose rate depends on the time of day; some of them have clicks after a
 * log-normal delay.
 */
export function startOrdinaryTraffic(world: World): void {
  const { settings, timeline, population, catalogue } = world;
  const { seed, startTime, rate, dayCurveDepth: depth, shares } = settings;
  const arrivals = RandomStream.of(seed, 'ordinary/arrivals');
  const views = RandomStream.of(seed, 'ordinary/views');
  const clicks = RandomStream.of(seed, 'ordinary/clicks');
  const orphans = RandomStream.of(seed, 'ordinary/orphans');
  const impressionsPerMs = rate / 1_000 / (1 + catalogue.meanClickThroughRate);
  const peak = 1 + depth;

  const visit = () => {
    const visitor = population.pick(views);
    const placement = catalogue.place(views);
    const impression = world.view(visitor, placement, views, ORDINARY);
    // The number of draws does not depend on their results, so that a change of one share or rate does not change other clicks.
    const clicked = clicks.chance(placement.campaign.clickThroughRate);
    const delay = clickDelay(clicks, settings.clickDelay) * 1_000;
    if (!clicked) return;
    const orphan = orphans.chance(shares.orphanClick);
    const absent = { ...impression, impression_id: orphans.uuid() };
    timeline.schedule(timeline.now + delay, () => {
      world.click(visitor, orphan ? absent : impression, clicks, ORDINARY, orphan);
    });
  };
  // Thinning (Lewis and Shedler 1979): candidates have the maximum rate, and each is kept with the probability rate / maximum rate.
  const next = () => {
    timeline.schedule(timeline.now + arrivals.exponential(1 / (impressionsPerMs * peak)), () => {
      if (arrivals.chance(dayCurve(startTime + timeline.now, depth) / peak)) visit();
      next();
    });
  };
  next();
}
