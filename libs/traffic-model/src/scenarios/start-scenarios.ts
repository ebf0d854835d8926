import { ATTACKS, type Attack, type Cause, type HardNegative } from '../label';
import { RandomStream } from '../random-stream';
import type { World } from '../world';
import { Actor, type Reserve } from './actor';
import { carrierNat } from './carrier-nat';
import { clickFarm } from './click-farm';
import { clickReplay } from './click-replay';
import { crawler } from './crawler';
import { doubleClicker } from './double-clicker';
import { flashSale } from './flash-sale';
import { jitteredBot } from './jittered-bot';
import { naiveBot } from './naive-bot';
import { officeNat } from './office-nat';
import { publisherSelfClick } from './publisher-self-click';
import { rotatingAddresses } from './rotating-addresses';
import type { Scenario } from './scenario';

/** All scenarios. The order determines the reserved users and addresses of each scenario: add new ones at the end. */
const SCENARIOS: readonly Scenario[] = [
  naiveBot,
  jitteredBot,
  clickReplay,
  clickFarm,
  rotatingAddresses,
  crawler,
  publisherSelfClick,
  officeNat,
  carrierNat,
  doubleClicker,
  flashSale,
];

/**
 * Number of reserved users and addresses per scenario; they are reused after that many, when the state of the first ones has long expired.
 */
const RESERVED = 100_000;
/** Range of the seconds between the end of an actor and the start of the next one. */
const PAUSE_SECONDS = [10, 60] as const;

function reserve(world: World, scenario: number): Reserve {
  let users = 0;
  let addresses = 0;
  const index = (n: number) => scenario * RESERVED + (n % RESERVED);
  return {
    user: () => world.population.visitor(world.population.users + index(users++)),
    address: () => world.population.reservedAddress(index(addresses++)),
  };
}

function causeOf(name: Attack | HardNegative, actor: string): Cause {
  const attack = ATTACKS.find((one) => one === name);
  return attack === undefined
    ? { attack: null, hardNegative: name as HardNegative, actor }
    : { attack, hardNegative: null, actor };
}

/**
 * Starts the scenarios of the settings, each with the configured number of concurrent actors. When an actor ends, a new one with other
 * users and addresses starts after a pause.
 */
export function startScenarios(world: World): void {
  const { settings, timeline } = world;
  SCENARIOS.forEach((scenario, position) => {
    const supply = reserve(world, position);
    let actors = 0;
    const startActor = (places: RandomStream) => {
      actors += 1;
      const actorName = `${scenario.name}-${actors}`;
      const endsAt = timeline.now + places.between(...scenario.activeSeconds) * 1_000;
      const random = RandomStream.of(settings.seed, `scenario/${actorName}`);
      scenario.act(new Actor(world, causeOf(scenario.name, actorName), random, endsAt, supply));
      timeline.schedule(endsAt + places.between(...PAUSE_SECONDS) * 1_000, () => startActor(places));
    };
    for (let place = 0; place < settings.scenarios[scenario.name]; place += 1) {
      const places = RandomStream.of(settings.seed, `scenario/${scenario.name}/place-${place}`);
      timeline.schedule(places.between(...scenario.firstAfterSeconds) * 1_000, () => startActor(places));
    }
  });
}
