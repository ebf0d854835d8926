import { FRAUD_RULES } from '@ad-analytics/event-schemas';
import type { IncidentView } from '../view/view';
import { evidenceOf, ruleName } from './rules';

const incident = (rule: IncidentView['rule'], observed: number, threshold: number, seconds = 60): IncidentView => ({
  rule,
  actorType: 'ip',
  actorId: '10.0.0.1',
  severity: 'high',
  observed,
  threshold,
  windowStart: 0,
  windowEnd: seconds * 1_000,
  since: 0,
  windows: 1,
});

describe('the text of an incident', () => {
  it.each(FRAUD_RULES)('has a name and evidence for %s', (rule) => {
    expect(ruleName(incident(rule, 1, 1))).toMatch(/^[A-Z][A-Za-z, ]+$/);
    expect(evidenceOf(incident(rule, 1, 1))).toMatch(/[0-9]/);
  });

  it.each([
    [incident('click_velocity_ip', 37, 10), '37 clicks in 1 min, limit 10'],
    [incident('abnormal_ctr', 0.82, 0.5, 600), 'CTR 82% in 10 min, limit 50%'],
    [incident('metronome', 0.0214, 0.1, 600), 'gaps between clicks in 10 min vary by 2.1% only, limit 10%'],
    [incident('publisher_ctr_anomaly', 4.2071, 3), 'CTR 4.2 standard deviations above its past, limit 3.0'],
    [incident('known_bot', 12, 0), '12 events of a declared bot in 1 min'],
  ])('has the evidence in the unit of the rule: %#', (one, text) => expect(evidenceOf(one)).toBe(text));
});
