import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inputRecord } from '@ad-analytics/recorded-traffic';
import type { TrafficStream } from '@ad-analytics/traffic-model';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { Choice } from '@ad-analytics/fault-proxy/choice';
import { type HostileEvent, HostileEvents } from './hostile-events';
import { kplLookAlike } from './kpl-look-alikes';
import { ILL_FORMED, mutateBytes } from './mutate-bytes';
import { deeplyNested, ignoredMember, repeatedName, wildNumber, wildTime, withMembers } from './spellings';

/** Default maximum size of a Kinesis record in bytes, including its partition key. */
const MAX_RECORD_BYTES = 1 << 20;
/** Reserved for the partition key of a record. */
const KEY_BYTES = 64;
/** One in this many records has the maximum size. */
const HUGE_ONE_IN = 2_000;
/** A repeated record is one of this many previous records. */
const REPEATED_FROM = 500;

/** A record, the key that determines its shard, and its arrival time in milliseconds since the epoch. Equal keys have the same shard. */
export interface HostileRecord {
  readonly stream: TrafficStream;
  readonly data: Buffer;
  readonly key: string;
  readonly arrival: number;
}

/** A case of the contract's fixtures. */
interface Fixture {
  readonly event?: object;
  readonly raw?: string;
  readonly raw_base64?: string;
}

/** @returns bytes of all valid and invalid fixtures of a kind of event */
function fixtures(kind: 'impression' | 'click'): Buffer[] {
  const read = (validity: string) =>
    JSON.parse(
      readFileSync(path.join(ROOT, 'libs', 'event-schemas', 'fixtures', `${kind}.${validity}.json`), 'utf8'),
    ) as Fixture[];
  return [...read('valid'), ...read('invalid')].map(({ event, raw, raw_base64: base64 }) =>
    base64 === undefined ? Buffer.from(raw ?? JSON.stringify(event)) : Buffer.from(base64, 'base64'),
  );
}

const FIXTURES = { impressions: fixtures('impression'), clicks: fixtures('click') };
/** Event time of the fixtures that do not test the event time. */
const FIXTURE_TIME = /2026-11-23T10:00:0[02]\.[05]00Z/g;

/** The ways in which a hostile producer changes its event. */
type Kind = (given: HostileEvent, choice: Choice) => Buffer | string;

const json = ({ event }: HostileEvent) => JSON.stringify(event);
const sound: Kind = (given) => json(given);

/** A fixture with the time of the event and new ids; Latin-1 keeps bytes that are not well-formed UTF-8. */
const ofContract: Kind = ({ stream, event }, choice) =>
  Buffer.from(
    choice
      .of(FIXTURES[stream])
      .toString('latin1')
      .replaceAll(FIXTURE_TIME, String(event['event_time']))
      .replaceAll('imp-1', `imp-${choice.name()}`)
      .replaceAll('click-1', `click-${choice.name()}`),
    'latin1',
  );

const illFormed: Kind = (given, choice) => {
  const text = Buffer.from(withMembers(json(given), `"${choice.of(['x', 'user_agent', 'user_id'])}":"`).slice(0, -1));
  return Buffer.concat([text, choice.of(ILL_FORMED), Buffer.from('"}')]);
};

const otherFormat: Kind = (given, choice) =>
  choice.of([
    () => `[${json(given)}]`,
    () => `${json(given)}\n${json(given)}`,
    () => `\ufeff${json(given)}`,
    () => `\ufeff\ufeff${json(given)}`,
    () => Object.values(given.event).join(','),
    () => '',
    () => '\n',
    () => JSON.stringify(json(given)),
    () => Buffer.from(json(given), 'utf16le'),
    () => JSON.stringify(given.event, undefined, 2),
  ])();

const oneByte = (text: string) => text.replaceAll(/[^\u0020-\u007e]/g, '?');

/** Records of the maximum size: a long known field, id, ignored field, name or plain text. */
const huge: Kind = (given, choice) => {
  const start = oneByte(json(given));
  const fill = (before: string, after: string) =>
    before + 'x'.repeat(MAX_RECORD_BYTES - KEY_BYTES - before.length - after.length) + after;
  return choice.of([
    () => fill(withMembers(start, '"user_agent":"').slice(0, -1), '"}'),
    () => fill(withMembers(start, '"user_id":"').slice(0, -1), '"}'),
    () => fill(withMembers(start, '"x":"').slice(0, -1), '"}'),
    () => fill(withMembers(start, '"').slice(0, -1), '":0}'),
    () => fill('', ''),
  ])();
};

const longIds: Kind = ({ event }, choice) => {
  const character = choice.of(['\u{10ffff}', '\u{1f600}', '\uffff', '\u0000', '\u202e', 'x', '\u{2ffff}']);
  const characters = choice.of([127, 128, 128, 129]);
  return JSON.stringify({
    ...event,
    [choice.of(['user_id', 'campaign_id', 'ad_id', 'publisher_id'])]: character.repeat(characters),
  });
};

/** An aggregated record, or one that resembles it, of the event and a mutated copy. */
const aggregated: Kind = (given, choice) => {
  const event = Buffer.from(json(given));
  return kplLookAlike([event, mutateBytes(event, choice)], choice);
};

/** Each with its share in percent. */
const KINDS: readonly (readonly [share: number, kind: Kind])[] = [
  [34, sound],
  [16, (given, choice) => mutateBytes(Buffer.from(json(given)), choice)],
  [10, ofContract],
  [5, longIds],
  [5, (given, choice) => withMembers(json(given), ignoredMember(choice))],
  [5, (given, choice) => repeatedName(json(given), choice)],
  [5, (given, choice) => wildNumber(json(given), choice)],
  [5, (given, choice) => wildTime(json(given), choice)],
  [4, illFormed],
  [4, otherFormat],
  [4, aggregated],
  [3, (given, choice) => deeplyNested(json(given), choice)],
];
const DRAWN = KINDS.flatMap(([share, kind]) => Array.from({ length: share }, () => kind));

/**
 * Records as a broken or hostile producer sends them, among correct ones.
 * @param plan `seed`, and the number of `records`
 * @returns the same ones at every call, in the order of their arrival
 */
export function* hostileRecords(plan: { readonly seed: number; readonly records: number }): Generator<HostileRecord> {
  const choice = new Choice(plan.seed);
  const events = new HostileEvents(plan.seed, choice);
  const sent: HostileRecord[] = [];
  for (let count = 1; count <= plan.records; count += 1) {
    const given = events.next();
    const { arrival } = given;
    const again = choice.oneIn(25) ? sent[choice.below(sent.length || 1)] : undefined;
    const kind = count % HUGE_ONE_IN === 0 ? huge : choice.of(DRAWN);
    const record: HostileRecord = again
      ? { ...again, arrival }
      : {
          stream: given.stream,
          data: Buffer.from(kind(given, choice) as string),
          // From the id before the change. So all records with the same id are in one shard and have a defined order.
          key: kind === ofContract ? 'fixture' : inputRecord(Buffer.from(json(given))).partitionKey,
          arrival,
        };
    sent.push(record);
    if (sent.length > REPEATED_FROM) sent.shift();
    yield record;
  }
}
