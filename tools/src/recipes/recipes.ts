import type { Change, Recipe } from './recipe';

/** @returns the change that adds a text before one that stays */
const before = (file: string, stays: string, added: string): Change => [file, stays, added + stays];

const RULES = 'libs/event-schemas/src/rules/catalogue.ts';
const RESULTS = 'libs/event-schemas/src/result-record.ts';
const ATTRIBUTED = 'libs/event-schemas/src/results/attributed-click.ts';
const CASES = 'flink/sql/inserts/attributed_click.cases.json';

const ADD_A_RULE: Recipe = {
  name: 'add-a-rule',
  places: 6,
  changes: [
    before(RULES, 'import { clickVelocity }', "import { clickShare } from './click-share';\n"),
    before(RULES, '] as const;\n\ntype Definition', '  clickShare,\n'),
  ],
  documents: ['docs/analytics.md'],
};

const ADD_AN_EVENT_FIELD: Recipe = {
  name: 'add-an-event-field',
  places: 3,
  changes: [
    before(
      'libs/event-schemas/src/impression.ts',
      '    width: wholeNumber',
      "    slot_name: identifier.nullish().describe('Name of the slot on the page.'),\n",
    ),
    before(
      'libs/event-schemas/test/cases/ad-event.ts',
      "      ...validValues(MINIMAL_IMPRESSION, 'cost_micros'",
      "      ...validValues(MINIMAL_IMPRESSION, 'slot_name', { ...IDENTIFIERS.valid, null: null }),\n",
    ),
    before('libs/traffic-model/src/event-factory.ts', '    width: ad.width,\n', '    slot_name: `slot ${ad.width}`,\n'),
  ],
  documents: [],
};

/** Comes after {@link ADD_AN_EVENT_FIELD}. */
const CARRY_AN_EVENT_FIELD: Recipe = {
  name: 'carry-an-event-field',
  places: 8 - ADD_AN_EVENT_FIELD.places,
  changes: [
    [ATTRIBUTED, 'CARRIED_FIELDS: readonly string[] = []', "CARRIED_FIELDS: readonly string[] = ['slot_name']"],
    before(
      ATTRIBUTED,
      '    impression_time: time.describe',
      '    slot_name: identifier.nullable().describe("The impression\'s slot on the page; null if the impression has none."),\n',
    ),
    before(ATTRIBUTED, "        impression_time: '", "        slot_name: 'slot 300',\n"),
    before('flink/sql/sources/attributed_clicks.sql', '  impression_time TIMESTAMP_LTZ(3),\n', '  slot_name STRING,\n'),
    before('flink/sql/inserts/attributed_click.sql', '    FORMAT_TIME(impression_time),\n', '    slot_name,\n'),
    before(CASES, '      "device_type": "mobile",\n      "country": "DE",\n      "ip"', '      "slot_name": "top",\n'),
    before(
      CASES,
      '            "impression_time": "2026-11-23T10:00:00.000Z",\n            "click_time": "2026-11-23T10:00:02.345Z",\n            "time_to_click_ms": 2345,\n            "cost_micros": 1500,\n',
      '            "slot_name": "top",\n',
    ),
    before(
      CASES,
      '            "impression_time": "2026-11-23T09:59:59.990Z",\n            "click_time"',
      '            "slot_name": "top",\n',
    ),
    before(CASES, '            "cost_micros": null,\n            "ip": null\n', '            "slot_name": null,\n'),
    before(
      CASES,
      '            "impression_time": "2026-11-23T10:00:00.000Z",\n            "click_time": "2026-11-23T10:00:02.345Z",\n            "time_to_click_ms": 2345,\n            "cost_micros": null,\n',
      '            "slot_name": null,\n',
    ),
    before(
      CASES,
      '            "impression_time": "2026-11-23T10:00:00.000Z",\n            "click_time": "2026-11-23T10:00:00.000Z",\n',
      '            "slot_name": "top",\n',
    ),
    before('tools/verify/src/sql/expected/attributed_click.sql', 'iso(i.t) AS impression_time', 'i.slot_name, '),
  ],
  documents: [],
};

const ADD_A_RECORD: Recipe = {
  name: 'add-a-record',
  places: 6,
  changes: [
    before(RESULTS, 'import { campaignMetrics }', "import { campaignCost } from './results/campaign-cost';\n"),
    before(RESULTS, '] as const;\n\ntype Definition', '  campaignCost,\n'),
  ],
  documents: ['docs/analytics.md'],
};

/** In the order in which they are followed. */
export const RECIPES = [ADD_A_RULE, ADD_AN_EVENT_FIELD, CARRY_AN_EVENT_FIELD, ADD_A_RECORD] as const;
