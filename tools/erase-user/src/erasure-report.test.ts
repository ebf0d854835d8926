import { ErasureReport } from './erasure-report';

it('reports records that were found, and not removed', () => {
  const report = new ErasureReport();
  report.add('table', 'late_event', { found: 2, removed: 2 });
  report.add('archive', 'late_event', { found: 3 });
  report.add('archive', 'late_event', { removed: 1 });
  report.checkRemoved();
  expect(report.problems).toEqual([
    { store: 'archive', text: 'late_event: 2 of 3 records still exist. Run it again.' },
  ]);
});
