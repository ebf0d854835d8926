import { batchedClicks, nativePlacements, userAgents } from './judged-clicks';
import { halfPairs, hugeCosts, longEmoji, nestedTimes, spellings, zeroTimes } from './record-contents';
import { blankLines, fastClocks, sortedByUser } from './record-order';
import { CaseEvents, type ReportedCase } from './reported-case';

const KINDS = {
  emoji: longEmoji,
  half: halfPairs,
  cost: hugeCosts,
  zero: zeroTimes,
  nested: nestedTimes,
  fast: fastClocks,
  user: sortedByUser,
  blank: blankLines,
  batch: batchedClicks,
  agent: userAgents,
  native: nativePlacements,
  spelling: spellings,
} as const;

/** Settings of the run that differ from the committed ones. */
export const REPORTED_SETTINGS: Readonly<Record<string, string>> = { 'reason.invalid_placement.enabled': 'false' };

/** @returns every case; each has its own week */
export function reportedCases(): ReportedCase[] {
  return Object.entries(KINDS).map(([name, build], k) => build(new CaseEvents(name, 7 * k)));
}
