import { grouped } from '../progress';
import type { DetectorScore } from './detector';
import type { EvaluationResult } from './evaluate';
import type { Evaluation } from './evaluation';
import type { GroupScore } from './group-tally';
import { knownBotExceptions } from './known-bot-exceptions';
import { code, table } from '../markdown';
import { ratio } from './measures';
import { decimal, percent, seconds } from './print-evaluation';
import { changesSection } from './report-changes';
import { RULES, RULE_SCOPES } from './rules';

/** What the rules were made to reach on seeds that were not looked at, by events. */
const AIM = { precision: 0.95, recall: 0.9 } as const;
/** Share of an honest look-alike's events that may be flagged. */
const AIM_HARD_NEGATIVE = 0.01;
const FRAUD_GROUP = 'Fraud';

const met = (holds: boolean) => (holds ? 'met' : '**missed**');
const list = (seeds: readonly number[]) => seeds.join(', ') || 'none';

/**
 * @param result figures of both sets of seeds
 * @param options `engine` that applied the rules; `plot`: file name of the picture, beside the report; `changes`: what is other than in
 *   earlier reports, Markdown written by hand
 * @returns the report as Markdown; nothing in it depends on when or where it was made
 */
export function report(result: EvaluationResult, options: { engine: string; plot: string; changes: string }): string {
  const { judging, tuning, notes } = result;
  return [
    '# How good the invalid-traffic rules are',
    introduction(result, options.engine),
    '**These figures are optimistic.** Attacks and rules come from the same hands: each scenario was written with the thresholds known, ' +
      'and tests of `libs/traffic-model` demand that every attacker crosses the limits that it is meant to cross and that every honest ' +
      'look-alike stays below them. A good figure here shows that the rules, as they are defined, find what they were made for, in the midst ' +
      'of late, repeated and broken records. It does not show how much of the fraud of the real world they would find: an attacker who stays below ' +
      'the thresholds is found by none of them, and there is none here but under "Slower attackers".',
    '## In short',
    overall(judging),
    aims(judging),
    spread(judging),
    `![Precision and recall by rule, and time to detect by attack](${options.plot})`,
    '## What is counted',
    definitions(),
    '## By rule',
    'Each by the attacks that it is meant for, and by the kinds of events that it accuses.',
    byRule(judging),
    readingOf(judging),
    '## By attack',
    'All rules together. "Found by" names the rules that find every attacker, and of the others how many they find.',
    byAttack(judging),
    '## Slower attackers',
    slowerAttackers(result),
    '## Honest traffic',
    honest(judging),
    '## Exceptions to the list of known bots',
    knownBotExceptions(result),
    '## Tuning seeds',
    tuned(tuning, judging),
    '## Settings',
    settings(result),
    '## What changed since earlier reports',
    changesSection(options.changes),
    ...(notes.length > 0 ? ['## Notes', notes.map((note) => `- ${note}`).join('\n')] : []),
    '## Again',
    `\`nx run tools:evaluate-fraud${commandOptions(result, options.engine)}\` makes this file and the picture anew; the same seeds give the same figures.`,
  ].join('\n\n');
}

function introduction({ judging, tuning, plan }: EvaluationResult, engine: string): string {
  const by = engine === 'job' ? 'the packaged Flink job on the local stack' : 'the batch SQL of `nx run tools:verify`';
  return (
    `Judged on generated traffic whose truth is known: ${judging.seeds.length} seeds (${list(judging.seeds)}) that were not used for ` +
    `tuning, ${plan.minutes} minutes of event time each, with ${grouped(plan.rate)} ordinary events a second and one actor at a time of every ` +
    `attack and every honest look-alike (when one ends, another takes its place). ${grouped(judging.events)} accepted events, of them ` +
    `${grouped(judging.attackEvents)} (${percent(judging.attackEvents / Math.max(1, judging.events))}) of attacks; ${grouped(judging.alerts)} alerts. ` +
    `The rules were applied by ${by}; the ${tuning.seeds.length} tuning seeds went through the same run. The labels never enter a stream.`
  );
}

function overall(judging: Evaluation): string {
  const row = (name: string, { events: e, actors: a, secondsToDetect: s }: DetectorScore) => [
    name,
    ...[e.precision, e.recall, e.f1, a.precision, a.recall, a.f1].map(decimal),
    seconds(s.p50),
    seconds(s.p95),
  ];
  return table(
    ['', 'precision', 'recall', 'F1', 'actors: precision', 'recall', 'F1', 'detected after p50, s', 'p95, s'],
    [
      row('**All rules**, all events', judging.overall),
      row('all rules, clicks only', judging.overallClicks),
      row('alerts only', judging.alertsOnly),
      row('reasons of clicks only', judging.reasonsOnly),
      row('**Baseline**: > 10 clicks of an ip in 60 s, all events', judging.baseline),
      row('baseline, clicks only', judging.baselineClicks),
      row('baseline, taken to accuse all events of the ip', judging.baselineAllOfIp),
    ],
  );
}

function aims({ overall: { events }, hardNegatives }: Evaluation): string {
  const { precision, recall } = events;
  const worst = hardNegatives.reduce((most, { shareOtherwise }) => Math.max(most, shareOtherwise ?? 0), 0);
  return [
    `- Aim of a precision of ${AIM.precision} by events: ${decimal(precision)}, ${met((precision ?? 0) >= AIM.precision)}.`,
    `- Aim of a recall of ${AIM.recall.toFixed(2)} by events: ${decimal(recall)}, ${met((recall ?? 0) >= AIM.recall)}.`,
    `- Aim of at most ${percent(AIM_HARD_NEGATIVE)} of the events of any honest look-alike flagged, second clicks of a double click apart: ` +
      `${percent(worst)} at most, ${met(worst <= AIM_HARD_NEGATIVE)}.`,
  ].join('\n');
}

function spread({ bySeed }: Evaluation): string {
  const range = (values: (number | null)[]) => {
    const defined = values.filter((value) => value !== null);
    if (defined.length === 0) return 'not defined';
    return `${decimal(Math.min(...defined))} to ${decimal(Math.max(...defined))}`;
  };
  return `From seed to seed precision is ${range(bySeed.map((seed) => seed.precision))} and recall ${range(bySeed.map((seed) => seed.recall))}.`;
}

function definitions(): string {
  return [
    '- **Event**: an impression or click that the pipeline accepts. Records that are rejected, late or repeats are in no rule and are not judged.',
    '- **Attack event**: an event that an attacking actor of the generator makes, its impressions included.',
    '- **Flagged**: a click with an invalid reason, or an event in the window of an alert on its address, its user or its publisher, if the rule ' +
      'accuses events of this kind. An alert of a sliding window accuses all events of the window, those before it came, too.',
    '- **Kinds accused**: what the rule counts. Rules about a relation of both (users behind an address, the rate of a user, known bots) accuse ' +
      'both; `publisher_ctr_anomaly` accuses clicks, since the impressions of a publisher are shown to people who have done nothing.',
    '- **Precision** by events: the share of the flagged events that are of an attack, of any attack. **Recall** by events: the share of the attack ' +
      'events that are flagged; for a rule, of the attacks that it is meant for and of the kinds that it accuses. The baseline and the rules as a ' +
      'whole are held against all attacks. **F1** is the harmonic mean of both.',
    '- **Actors**: precision is the share of the accused addresses, users and publishers (for a reason, the user of the click) that an attacker used ' +
      'at that time; recall the share of the attackers with at least one finding. An alert on a publisher finds only the publisher that clicks its own ' +
      'ads, not the bots that click there among others, and is wrong if the publisher is not one.',
    "- **Detected after**: event time from the attacker's first event to the end of the window of its first alert, or to the first click with a reason; " +
      'of the attackers that were found. Until the result is written the out-of-orderness bound and the processing come on top.',
    '- An attacker that begins shortly before the end of a seed counts like any other.',
  ].join('\n');
}

function byRule({ rules }: Evaluation): string {
  return table(
    [
      'rule',
      'flagged',
      'precision',
      'recall',
      'F1',
      'accused actors',
      'precision',
      'attackers',
      'recall',
      'F1',
      'p50, s',
      'p95, s',
    ],
    rules.map(({ name, events: e, actors: a, secondsToDetect: s }) => [
      code(name),
      grouped(e.flagged),
      ...[e.precision, e.recall, e.f1].map(decimal),
      grouped(a.accused),
      decimal(a.precision),
      grouped(a.attackers),
      ...[a.recall, a.f1].map(decimal),
      seconds(s.p50),
      seconds(s.p95),
    ]),
  );
}

/** What each rule is there for, and what its figures must be read with. */
function readingOf({ rules }: Evaluation): string {
  const meant = RULES.map((rule) => {
    const { accuses, meantFor } = RULE_SCOPES[rule];
    const kinds = accuses.length === 2 ? 'clicks and impressions' : `${accuses[0]}s`;
    return `- ${code(rule)} accuses ${kinds}; meant for ${meantFor.map(code).join(', ')}.`;
  });
  const publisher = rules.find(({ name }) => name === 'publisher_ctr_anomaly');
  return [
    ...meant,
    '',
    'What lowers a figure by construction:',
    '',
    '- `duplicate_click`: half of the clicks of `click_replay` are forged, on impressions that never were, so they are second clicks of none. The second ' +
      'clicks of `double_clicker`, who is honest, have the reason by the definition of the contract, and count against its precision.',
    '- `invalid_placement`: three in ten ads of `publisher_self_click` are hidden in a pixel, the others are not.',
    '- `metronome`: a click that is late or broken leaves a gap of twice the length, and the window that holds it is even no more.',
    `- \`publisher_ctr_anomaly\`: ${grouped(publisher?.actors.right ?? 0)} of the ${grouped(publisher?.actors.accused ?? 0)} publishers that it accuses click ` +
      `their own ads; it finds ${grouped(publisher?.actors.found ?? 0)} of ${grouped(publisher?.actors.attackers ?? 0)}. A publisher of this size has a handful of clicks a minute: their ` +
      'number is skewed, so that chance alone is beyond three standard deviations now and then; bots that click everywhere raise the rate of honest ' +
      "publishers; and an attack that lasts becomes part of the publisher's own past. It is a hint to look, not a verdict.",
  ].join('\n');
}

function byAttack({ attacks }: Evaluation): string {
  const rules = ({ actorsByRule, actors }: GroupScore) =>
    Object.entries(actorsByRule)
      .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
      .map(([rule, found]) => (found === actors ? code(rule) : `${code(rule)} (${grouped(found)})`))
      .join(', ');
  return table(
    ['attack', 'events', 'flagged', 'attackers', 'found', 'p50, s', 'p95, s', 'found by'],
    attacks.map((group) => [
      code(group.name),
      grouped(group.events),
      percent(group.share),
      grouped(group.actors),
      grouped(group.actorsFound),
      seconds(group.secondsToDetect.p50),
      seconds(group.secondsToDetect.p95),
      rules(group),
    ]),
    ['found by'],
  );
}

function slowerAttackers({ judging, slower }: EvaluationResult): string {
  if (slower.length === 0) return 'Not computed in this run.';
  const runs = [{ pace: 1, judging }, ...slower];
  return [
    'The judging seeds once more, with the same attackers at a lower pace: at 0.5 every pause between two of their actions is twice as long. The ' +
      'share of the attack events that are flagged, and of the attackers that are found; computed by the batch SQL of `nx run tools:verify`, which ' +
      'shares no code with the job.',
    '',
    table(
      ['', ...runs.map(({ pace }) => `pace ${pace}: events`), ...runs.map(({ pace }) => `pace ${pace}: attackers`)],
      [
        ...judging.attacks.map(({ name }, i) => [
          code(name),
          ...runs.map((run) => percent(run.judging.attacks[i]?.share ?? null)),
          ...runs.map(({ judging: { attacks } }) =>
            percent(ratio(attacks[i]?.actorsFound ?? 0, attacks[i]?.actors ?? 0)),
          ),
        ]),
        [
          'all attacks',
          ...runs.map((run) => percent(run.judging.overall.events.recall)),
          ...runs.map((run) => percent(run.judging.overall.actors.recall)),
        ],
      ],
    ),
  ].join('\n');
}

function honest({ hardNegatives, ordinary, phoneApps }: Evaluation): string {
  return [
    'Hard negatives look like an attack and are none. The second click of `double_clicker` gets the reason `duplicate_click` by the definition of the ' +
      'contract: it is no valid click, though the person is no fraud, so the share is given with and without that reason. What else is flagged are clicks ' +
      'on a publisher under an alert of `publisher_ctr_anomaly`, which accuse nobody in person; "accused" counts the actors that any other rule accuses. People in apps on phones are part of the groups above ' +
      'them; there every person is an actor.',
    '',
    table(
      ['', 'events', 'flagged', 'without `duplicate_click`', 'actors', 'accused', 'by'],
      [...hardNegatives, ordinary, phoneApps].map((group) => [
        group === ordinary || group === phoneApps ? group.name : code(group.name),
        grouped(group.events),
        percent(group.share),
        percent(group.shareOtherwise),
        grouped(group.actors),
        grouped(group.actorsFound),
        Object.entries(group.actorsByRule)
          .map(([rule, actors]) => `${code(rule)} ${grouped(actors)}`)
          .join(', ') || '-',
      ]),
      ['by'],
    ),
  ].join('\n');
}

function tuned(tuning: Evaluation, judging: Evaluation): string {
  if (tuning.seeds.length === 0) return 'None in this run.';
  const row = (name: string, { seeds, overall: { events, actors } }: Evaluation) => [
    name,
    list(seeds),
    ...[events.precision, events.recall, events.f1, actors.precision, actors.recall, actors.f1].map(decimal),
  ];
  return [
    'Seen while the scenarios were made. The thresholds were not tuned: they are the defaults that the design had before.',
    '',
    table(
      ['', 'seeds', 'precision', 'recall', 'F1', 'actors: precision', 'recall', 'F1'],
      [row('tuning', tuning), row('judging', judging)],
      ['seeds'],
    ),
  ].join('\n');
}

function settings({ settings: groups }: EvaluationResult): string {
  const fraud = groups.find(({ PropertyGroupId }) => PropertyGroupId === FRAUD_GROUP)?.PropertyMap ?? {};
  return [
    'The rules ran with these settings (group `Fraud` of `flink/kinesis-config.json`):',
    '',
    table(
      ['setting', 'value'],
      Object.entries(fraud).map(([name, value]) => [code(name), String(value)]),
    ),
  ].join('\n');
}

function commandOptions({ plan, listAlone }: EvaluationResult, engine: string): string {
  const ranges = (seeds: readonly number[]) => seeds.join(',') || 'none';
  const options = [
    ...(engine === 'job' ? [] : [`--engine ${engine}`]),
    `--tuning-seeds ${ranges(plan.tuningSeeds)}`,
    `--seeds ${ranges(plan.judgingSeeds)}`,
    `--rate ${plan.rate}`,
    `--minutes ${plan.minutes}`,
    `--paces ${plan.paces.join(',') || 'none'}`,
    ...(listAlone === undefined ? ['--no-list-alone'] : []),
  ];
  return ` ${options.join(' ')}`;
}
