import { RECORD_TYPES } from '@ad-analytics/event-schemas';
import { glueColumns, gluePartitionKeys, glueTableParameters } from './glue-table';

describe('the Glue table', () => {
  it('has comments that Glue accepts', () => {
    for (const { comment } of [...glueColumns(), ...gluePartitionKeys()]) {
      expect(comment.length).toBeGreaterThan(0);
      expect(comment.length).toBeLessThanOrEqual(255);
    }
  });

  it('is partitioned by record type and date, with partition projection instead of a crawler', () => {
    expect(gluePartitionKeys().map(({ name, type }) => [name, type])).toEqual([
      ['record_type', 'string'],
      ['event_date', 'string'],
    ]);
    expect(glueTableParameters('2026-01-01')).toEqual({
      classification: 'parquet',
      'projection.enabled': 'true',
      'projection.record_type.type': 'enum',
      'projection.record_type.values': RECORD_TYPES.join(','),
      'projection.event_date.type': 'date',
      'projection.event_date.format': 'yyyy-MM-dd',
      'projection.event_date.range': '2026-01-01,NOW+1DAYS',
      'projection.event_date.interval': '1',
      'projection.event_date.interval.unit': 'DAYS',
    });
  });
});
