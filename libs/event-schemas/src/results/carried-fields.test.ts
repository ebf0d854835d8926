import { CARRIED_FIELDS, impressionSchema, nullableFields } from '..';

it('are optional fields of impressions, once each', () => {
  const optional = Object.entries(impressionSchema.shape).filter(([, schema]) => schema.safeParse(undefined).success);
  const names = optional.map(([name]) => name);
  expect(CARRIED_FIELDS.filter((field) => !names.includes(field))).toEqual([]);
  expect(new Set(CARRIED_FIELDS).size).toBe(CARRIED_FIELDS.length);
});

it('are fields of attributed clicks that can be null', () => {
  const nullable = nullableFields('attributed_click');
  expect(CARRIED_FIELDS.filter((field) => !nullable.includes(field))).toEqual([]);
});

it('do not repeat fields that the job keeps for its own use', () => {
  const own = ['device_type', 'country', 'cost_micros'];
  expect(CARRIED_FIELDS.filter((field) => own.includes(field))).toEqual([]);
});
