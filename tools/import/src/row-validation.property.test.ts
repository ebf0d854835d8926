import fc from 'fast-check';
import { clickSchema, impressionSchema } from '@ad-analytics/event-schemas';
import { FIELDS, NUMBERS, hasField } from './contract-columns';
import { sampleImport } from './sample-import';
import { loadMapping } from './mapping-file';

const TEXTS = {
  plain: [
    'a',
    'user 1',
    'é',
    '😀',
    'x'.repeat(128),
    'x'.repeat(129),
    '😀'.repeat(128),
    '😀'.repeat(129),
    '',
    ' ',
    'a\nb',
    'NULL',
    '"',
  ],
  device_type: ['mobile', 'desktop', 'tablet', 'ctv', 'other', 'unknown', 'Mobile', '', 'phone', 'mobile\n'],
  country: ['DE', 'XK', 'de', 'DEU', '', 'D', 'ÄÖ', 'US\n', '12'],
  ip: [
    ...['1.2.3.4', '255.255.255.255', '256.1.1.1', '1.2.3', '1.2.3.x', '01.2.3.4', '1.2.3.4\n', '1.2.3.4:80', ''],
    ...[
      '::',
      '::1',
      '1::',
      '2001:db8::1',
      '1:2:3:4:5:6:7:8',
      '1:2:3:4:5:6:7::',
      '::ffff:192.0.2.1',
      '1:2:3:4:5:6:1.2.3.4',
      ':::',
      '1::2::3',
      '12345::',
      'fe80::1%eth0',
      '::/0',
      'g::',
    ],
  ],
} as const;
const NUMBER_VALUES = [
  0,
  1,
  -1,
  0.5,
  1_000_000_000,
  1_000_000_001,
  Number.MAX_SAFE_INTEGER,
  Number.MAX_SAFE_INTEGER + 1,
  1e300,
  -0,
];

const textOf = (field: string) =>
  fc.constantFrom(...(field in TEXTS ? TEXTS[field as keyof typeof TEXTS] : TEXTS.plain));
/** Mostly valid, so that single errors occur as well. */
const valueOf = (field: string): fc.Arbitrary<unknown> => {
  const good = NUMBERS.has(field)
    ? 1
    : ({ device_type: 'mobile', country: 'DE', ip: '1.2.3.4' }[field] ?? `some ${field}`);
  const any: fc.Arbitrary<unknown> = NUMBERS.has(field) ? fc.constantFrom(...NUMBER_VALUES) : textOf(field);
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant(good) },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 2, arbitrary: any },
  );
};
const row = (kind: 'impression' | 'click') =>
  fc.record(
    Object.fromEntries(
      [...FIELDS.keys()]
        .filter((field) => hasField(kind, field))
        .map((field) => [field, field === 'event_time' ? fc.constant('2026-11-20T10:00:00.000Z') : valueOf(field)]),
    ),
  );

it.each(['impression', 'click'] as const)(
  'validates random %ss like the schema: the same rows, the same fields',
  async (kind) => {
    const schema = kind === 'impression' ? impressionSchema : clickSchema;
    const own = `${kind}_id`;
    const rows = fc
      .sample(row(kind), { numRuns: 3_000, seed: 20261127 })
      .map((value, index) => ({ ...value, number: index }));
    const columns = [...FIELDS.keys()].filter((field) => hasField(kind, field));
    const { optional } = loadMapping('contract').read;
    const { impressions, clicks, notImported } = await sampleImport({
      mapping: `-- @optional ${optional?.join(', ')}\nSELECT ${columns.join(', ')}, source AS source_row FROM source`,
      files: { 'rows.jsonl': rows.map((value) => `${JSON.stringify(value)}\n`).join('') },
    });
    const refused = new Map(
      notImported.map((left) => [
        Number((left['row'] as { number: string }).number),
        String(left['reason'])
          .split('; ')
          .map((reason) => reason.split(':')[0])
          .sort(),
      ]),
    );
    // The import derives a missing id, and leaves rows otherwise unchanged.
    const expected = rows.map((value) => {
      const parsed = schema.safeParse({ ...value, [own]: (value as Record<string, unknown>)[own] ?? 'derived' });
      return parsed.success ? undefined : [...new Set(parsed.error.issues.map(({ path }) => String(path[0])))].sort();
    });
    expect(rows.map((_value, index) => refused.get(index))).toEqual(expected);
    const good = expected.filter((fields) => fields === undefined).length;
    expect(impressions.length + clicks.length).toBe(good);
    // Both cases must occur; otherwise nothing was compared.
    expect(good).toBeGreaterThan(100);
    expect(rows.length - good).toBeGreaterThan(100);
  },
);
