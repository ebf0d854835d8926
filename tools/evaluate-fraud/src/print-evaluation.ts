import { grouped } from '@ad-analytics/command-line/progress';
import type { DetectorScore } from './detector';
import type { EvaluationResult } from './evaluate';
import type { Evaluation } from './evaluation';

/** @returns "0.987", or "-" if undefined */
export function decimal(value: number | null): string {
  return value === null ? '-' : value.toFixed(3);
}

/** @returns "12.3 %" with one digit, or two below 1 %; only a full share is shown as 100 %, and only an empty one as 0 % */
export function percent(value: number | null): string {
  if (value === null) return '-';
  if (value < 1 && value >= 0.9995) return '> 99.9 %';
  if (value > 0 && value < 0.00005) return '< 0.01 %';
  return `${(100 * value).toFixed(value < 0.01 ? 2 : 1)} %`;
}

/** @returns "12.3" or "-" */
export function seconds(value: number | null): string {
  return value === null ? '-' : value.toFixed(1);
}

/** @returns the figures of both sets of seeds as lines for a terminal */
export function printEvaluation({ tuning, judging, slower, listAlone, notes }: EvaluationResult): string[] {
  return [
    ...section('Tuning seeds', tuning),
    '',
    ...section('Judging seeds', judging),
    ...slower.map(
      ({ pace, judging: { overall } }) =>
        `Attackers at pace ${pace}: recall ${decimal(overall.events.recall)} by events, ${decimal(overall.actors.recall)} by actors`,
    ),
    ...(listAlone === undefined
      ? []
      : ['', ...section('The list of bots without its exceptions, judging seeds', listAlone)]),
    ...notes.map((note) => `Note: ${note}`),
  ];
}

function section(title: string, evaluation: Evaluation): string[] {
  const { seeds, events, attackEvents, hardNegatives, ordinary, phoneApps, attacks } = evaluation;
  if (seeds.length === 0) return [`${title}: none`];
  const row = (name: string, cells: readonly string[]) =>
    `${name.padEnd(24)}${cells.map((cell) => cell.padStart(9)).join('')}`;
  const detector = ({ name, events: e, actors: a, secondsToDetect: s }: DetectorScore) =>
    row(name, [
      ...[e.precision, e.recall, e.f1, a.precision, a.recall, a.f1].map(decimal),
      seconds(s.p50),
      seconds(s.p95),
    ]);
  return [
    `${title} ${seeds.join(', ')}: ${grouped(events)} events, ${grouped(attackEvents)} of attacks`,
    row('', ['events', '', '', 'actors', '', '', 'detected', 'after s']),
    row('', ['prec.', 'recall', 'F1', 'prec.', 'recall', 'F1', 'p50', 'p95']),
    ...[
      evaluation.overall,
      evaluation.overallClicks,
      evaluation.alertsOnly,
      evaluation.reasonsOnly,
      evaluation.baseline,
      evaluation.baselineClicks,
      evaluation.baselineAllOfIp,
    ].map(detector),
    ...evaluation.rules.map(detector),
    row('Flagged', ['events', 'share', 'not dup.', 'actors', 'found', 'p50', 'p95']),
    ...[...attacks, ...hardNegatives, ordinary, phoneApps].map(
      (group) =>
        row(group.name, [
          grouped(group.events),
          percent(group.share),
          percent(group.shareOtherwise),
          grouped(group.actors),
          grouped(group.actorsFound),
          seconds(group.secondsToDetect.p50),
          seconds(group.secondsToDetect.p95),
        ]) +
        `  ${Object.entries(group.actorsByRule)
          .map(([rule, actors]) => `${rule} ${actors}`)
          .join(', ')}`,
    ),
  ];
}
