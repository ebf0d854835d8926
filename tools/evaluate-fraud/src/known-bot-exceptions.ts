import { grouped } from '@ad-analytics/command-line/progress';
import type { EvaluationResult } from './evaluate';
import type { Evaluation } from './evaluation';
import { table } from '@ad-analytics/command-line/markdown';
import { decimal, percent } from './print-evaluation';

/** @returns the effect of the exceptions to the list of known bots, as Markdown */
export function knownBotExceptions({ judging, listAlone }: EvaluationResult): string {
  if (listAlone === undefined) return 'Not computed in this run.';
  const row = (name: string, { overall, rules, phoneApps, hardNegatives, ordinary }: Evaluation) => {
    const rule = rules.find((one) => one.name === 'known_bot');
    const shares = [...hardNegatives, ordinary].map(({ shareOtherwise }) => shareOtherwise ?? 0);
    return [
      name,
      ...[overall.events.precision, overall.events.recall, overall.actors.precision].map(decimal),
      ...[rule?.events.precision ?? null, rule?.events.recall ?? null, rule?.actors.precision ?? null].map(decimal),
      percent(phoneApps.share),
      `${grouped(phoneApps.actorsFound)} of ${grouped(phoneApps.actors)}`,
      percent(Math.max(...shares)),
    ];
  };
  return [
    '`known_bot` uses an open list of crawlers, which also matches user agents of people: okhttp, the browsers inside Facebook, Viber and WhatsApp, and WhatsApp itself. The job has exceptions for them ([exceptions.json](../flink/src/main/resources/known-bots/exceptions.json)). In the generator, one person in twenty on a phone sends such a user agent. This share is an assumption, and the figures of the list alone depend on it. The generator uses only forms that the exceptions contain. So the table shows that the exceptions work, but not how complete they are. The rows are the judging seeds with the exceptions, and with the list alone (computed by the batch SQL of `nx run tools:verify`):',
    '',
    table(
      [
        '',
        'all rules: precision',
        'recall',
        'actors: precision',
        '`known_bot`: precision',
        'recall',
        'actors: precision',
        'people in apps: events flagged',
        'people accused',
        'worst honest group flagged, without `duplicate_click`',
      ],
      [row('with the exceptions', judging), row('the list alone', listAlone)],
    ),
  ].join('\n');
}
