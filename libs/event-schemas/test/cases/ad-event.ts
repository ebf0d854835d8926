import type { Cases, Fields, ValidCase } from './case';
import { invalid, invalidValues, without } from './case';
import { deepRecords, hiddenFaults, ignoredFields, spelledOtherwise } from './ignored-fields';
import { notAnObject } from './json-text';
import {
  ADDRESSES,
  COSTS,
  COUNTRIES,
  DEVICES,
  IDENTIFIERS,
  TIMES,
  TIMES_BEYOND_LIMITS,
  USER_AGENTS,
  WHOLE_NUMBERS,
} from './values';
import { DEVICE_TYPES } from '../../src';

const OPTIONAL = {
  device_type: 'mobile',
  country: 'US',
  ip: '203.0.113.7',
  user_agent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)',
};

const MINIMAL_IMPRESSION = {
  impression_id: 'imp-1',
  event_time: '2026-11-23T10:00:00.000Z',
  user_id: 'user-1',
  campaign_id: 'campaign-1',
  ad_id: 'ad-1',
  publisher_id: 'publisher-1',
};

const MINIMAL_CLICK = { click_id: 'click-1', ...MINIMAL_IMPRESSION, event_time: '2026-11-23T10:00:02.500Z' };

/** @returns cases of each value in one field of an otherwise minimal record */
function validValues(base: Fields, field: string, values: Readonly<Record<string, unknown>>): ValidCase[] {
  return Object.entries(values).map(([name, value]) => ({
    name: `${field}: ${name}`,
    event: { ...base, [field]: value },
  }));
}

/** @returns the cases that impressions and clicks share */
function adEventCases(minimal: Fields, full: Fields): Cases {
  const ids = Object.keys(minimal).filter((field) => field !== 'event_time');
  const optional = Object.keys(full).filter((field) => !(field in minimal));
  const nulls = Object.fromEntries(optional.map((field) => [field, null]));
  return {
    valid: [
      { name: 'required fields only', event: minimal },
      { name: 'every field', event: full },
      { name: 'optional fields null', event: { ...minimal, ...nulls } },
      { name: 'unknown fields', event: { ...full, bid_id: 'b-1', segments: [1, { a: null }], schema_version: 2 } },
      { name: 'unknown field with the name of a result field', event: { ...full, record_type: 'attributed_click' } },
      ...ids.flatMap((field) => validValues(minimal, field, IDENTIFIERS.valid)),
      ...validValues(minimal, 'event_time', TIMES.valid),
      ...validValues(minimal, 'device_type', Object.fromEntries([...DEVICE_TYPES, null].map((d) => [String(d), d]))),
      ...validValues(minimal, 'country', COUNTRIES.valid),
      ...validValues(minimal, 'ip', ADDRESSES.valid),
      ...validValues(minimal, 'user_agent', USER_AGENTS.valid),
      ...ignoredFields(minimal),
      ...spelledOtherwise(full),
    ],
    invalid: [
      ...notAnObject(minimal),
      ...Object.keys(minimal).map((field) => invalid(`${field}: absent`, field, without(minimal, field))),
      ...Object.keys(minimal).map((field) =>
        invalid(`${field}: in camel case`, field, {
          ...without(minimal, field),
          [field.replace(/_(.)/, (_, letter: string) => letter.toUpperCase())]: minimal[field],
        }),
      ),
      ...ids.flatMap((field) => invalidValues(minimal, field, IDENTIFIERS.invalid)),
      ...invalidValues(minimal, 'event_time', { ...TIMES.invalid, ...TIMES_BEYOND_LIMITS }),
      ...invalidValues(full, 'device_type', DEVICES.invalid),
      ...invalidValues(full, 'country', COUNTRIES.invalid),
      ...invalidValues(full, 'ip', ADDRESSES.invalid),
      ...invalidValues(full, 'user_agent', USER_AGENTS.invalid),
      ...deepRecords(minimal),
      ...hiddenFaults(minimal),
    ],
  };
}

/** @returns fixtures of impressions */
export function impressionCases(): Cases {
  const full = { ...MINIMAL_IMPRESSION, ...OPTIONAL, cost_micros: 2500, width: 300, height: 250 };
  const shared = adEventCases(MINIMAL_IMPRESSION, full);
  const pixels = ['width', 'height'];
  return {
    valid: [
      ...shared.valid,
      { name: 'placement of one pixel', event: { ...full, width: 1, height: 1 } },
      ...validValues(MINIMAL_IMPRESSION, 'cost_micros', { ...COSTS.valid, null: null }),
      ...pixels.flatMap((field) => validValues(MINIMAL_IMPRESSION, field, { ...WHOLE_NUMBERS.valid, null: null })),
      ...Object.entries({ '2500.0': 2500, '2.5e3': 2500, '25E+2': 2500, '-0': 0, '1e9': 1e9, '0e999999999': 0 }).map(
        ([raw, cost_micros]) => ({
          name: `cost_micros: spelled ${raw}`,
          event: { ...MINIMAL_IMPRESSION, cost_micros },
          raw: `${JSON.stringify(MINIMAL_IMPRESSION).slice(0, -1)},"cost_micros":${raw}}`,
        }),
      ),
    ],
    invalid: [
      ...shared.invalid,
      ...invalidValues(full, 'cost_micros', COSTS.invalid),
      ...pixels.flatMap((field) => invalidValues(full, field, WHOLE_NUMBERS.invalid)),
      ...['1e9999', '-1e-5', '9'.repeat(1_001), `0.${'1'.repeat(1_001)}`].map((raw) => ({
        name: `cost_micros: spelled ${raw.slice(0, 10)}, ${raw.length} characters`,
        field: 'cost_micros',
        raw: `${JSON.stringify(MINIMAL_IMPRESSION).slice(0, -1)},"cost_micros":${raw}}`,
      })),
    ],
  };
}

/** @returns fixtures of clicks */
export function clickCases(): Cases {
  return adEventCases(MINIMAL_CLICK, { ...MINIMAL_CLICK, ...OPTIONAL });
}
