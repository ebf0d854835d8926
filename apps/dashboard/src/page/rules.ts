import type { InvalidReason, RuleEvidence } from '@ad-analytics/event-schemas';
// Not imported from the library's index, which would add the schemas of all records to the page.
import { definitionOf } from '@ad-analytics/event-schemas/rules';
import type { IncidentView } from '../view/view';
import { formatAge, formatCount, formatShare } from './format';

type Numbers = Pick<IncidentView, 'observed' | 'threshold'>;

/** Each kind of evidence in words. `over` is the size of the window. */
const SENTENCES: Readonly<Record<RuleEvidence['unit'], (of: string, over: string, numbers: Numbers) => string>> = {
  count: (of, over, { observed, threshold }) =>
    `${formatCount(observed)} ${of} in ${over}, limit ${formatCount(threshold)}`,
  count_without_limit: (of, over, { observed }) => `${formatCount(observed)} ${of} in ${over}`,
  rate: (of, over, { observed, threshold }) =>
    `${of} ${formatShare(observed)} in ${over}, limit ${formatShare(threshold)}`,
  variation: (of, over, { observed, threshold }) =>
    `${of} in ${over} vary by ${formatShare(observed)} only, limit ${formatShare(threshold)}`,
  deviations: (of, _over, { observed, threshold }) =>
    `${of} ${observed.toFixed(1)} standard deviations above its past, limit ${threshold.toFixed(1)}`,
};

/** @returns the name of the rule of an incident */
export const ruleName = ({ rule }: IncidentView): string => definitionOf(rule).title;

/** @returns the observed value and the limit, in the unit of the rule */
export function evidenceOf(incident: IncidentView): string {
  const { unit, of } = definitionOf(incident.rule).evidence;
  return SENTENCES[unit](of, formatAge(incident.windowEnd - incident.windowStart), incident);
}

/** Why a click is invalid, in words. */
export const INVALID_REASON_NAMES: Readonly<Record<InvalidReason, string>> = {
  duplicate_click: 'Repeated click on the same impression',
  too_fast_click: 'Too fast after the impression',
  invalid_placement: 'Invisible placement',
  known_bot: 'Known bot',
};
