import { tableDifferences } from './table-differences';

it('is empty when the table has as many of each type as the stream', () => {
  expect(tableDifferences({ late_event: 2, fraud_alert: 0 }, { late_event: 2 })).toEqual([]);
});

it('names what is missing, and what should not be there', () => {
  expect(tableDifferences({ late_event: 2, user_engagement: 5 }, { user_engagement: 4, fraud_alert: 1 })).toEqual([
    'the table has 1 fraud_alert, the stream 0',
    'the table has 0 late_event, the stream 2',
    'the table has 4 user_engagement, the stream 5',
  ]);
});
