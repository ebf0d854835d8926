import { RECORD_TYPES } from '@ad-analytics/event-schemas';
import { columnType } from './column-type';
import { ENVELOPE_COLUMNS, PARTITION_COLUMNS, glueType, payloadColumns, tableColumns, viewColumns } from './columns';

const glueTypes = () => new Map(tableColumns().map((column) => [column.name, glueType(column)]));

describe('tableColumns', () => {
  it('consist of the envelope and a struct for every record type', () => {
    expect([...glueTypes().keys()]).toEqual(['record_id', 'schema_version', 'event_time', ...RECORD_TYPES]);
  });

  it('contain the fields of the contract, each with an exact type', () => {
    expect(glueTypes().get('record_id')).toBe('string');
    expect(glueTypes().get('schema_version')).toBe('int');
    expect(glueTypes().get('attributed_click')).toBe(
      'struct<click_id:string,impression_id:string,user_id:string,campaign_id:string,ad_id:string,publisher_id:string,' +
        'device_type:string,country:string,impression_time:string,click_time:string,time_to_click_ms:bigint,' +
        'cost_micros:bigint,invalid_reasons:array<string>>',
    );
    expect(glueTypes().get('campaign_metrics')).toBe(
      'struct<dimension:string,key:string,window_start:string,window_end:string,impressions:bigint,clicks:bigint,' +
        'ctr:double,cost_micros:bigint,unique_users:bigint>',
    );
    expect(glueTypes().get('fraud_alert')).toBe(
      'struct<rule:string,actor_type:string,actor_id:string,window_start:string,window_end:string,observed:double,' +
        'threshold:double,severity:string>',
    );
    expect(glueTypes().get('user_engagement')).toContain('score:double');
  });

  it('have descriptions and lower-case names, which differ from the partitions', () => {
    for (const column of tableColumns()) {
      const all = 'fields' in column ? [column, ...column.fields] : [column];
      for (const { name, description } of all) {
        expect(name).toMatch(/^[a-z][a-z_]*$/);
        expect(description).not.toBe('');
      }
      expect(PARTITION_COLUMNS.map(({ name }) => name as string)).not.toContain(column.name);
    }
  });
});

describe('viewColumns', () => {
  it.each(RECORD_TYPES)('of %s consist of the envelope, the day and the payload, each name once', (type) => {
    const names = viewColumns(type).map(({ name }) => name);
    expect(names.slice(0, 4)).toEqual([...ENVELOPE_COLUMNS.map(({ name }) => name), 'event_date']);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(payloadColumns(type).map(({ name }) => name)));
  });
});

describe('payloadColumns', () => {
  it('mark times, and contain the maximum length of an identifier', () => {
    const named = (name: string) => payloadColumns('attributed_click').find((column) => column.name === name);
    expect(named('click_time')).toMatchObject({ isTime: true });
    expect(named('click_id')).toMatchObject({ maxLength: 128 });
    expect(named('click_id')).not.toHaveProperty('isTime');
    expect(named('country')).not.toHaveProperty('isTime');
    expect(named('time_to_click_ms')).not.toHaveProperty('isTime');
  });
});

describe('columnType', () => {
  it.each([{ type: 'boolean' }, { type: ['string', 'integer'] }, { type: 'array', items: { type: 'integer' } }, {}])(
    'rejects %j, which has no column type, and names the field',
    (schema) => expect(() => columnType(schema, 'novelty')).toThrow(/novelty/),
  );
});
