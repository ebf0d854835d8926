import { grouped } from '@ad-analytics/command-line/progress';
import type { DetectorScore } from './detector';
import type { EvaluationResult } from './evaluate';
import type { Evaluation } from './evaluation';
import type { GroupScore } from './group-tally';
import { knownBotExceptions } from './known-bot-exceptions';
import { code, table } from '@ad-analytics/command-line/markdown';
import { ratio } from './measures';
import { decimal, percent, seconds } from './print-evaluation';
import { changesSection } from './report-changes';
import { RULES, scopeOf } from './rules';

/** Aims of the rules on unseen seeds, by events. */
const AIM = { precision: 0.95, recall: 0.9 } as const;
/** Share of an honest look-alike's events that may be flagged. */
const AIM_HARD_NEGATIVE = 0.01;
const FRAUD_GROUP = 'Fraud';

const met = (holds: boolean) => (holds ? 'met' : '**missed**');
const list = (seeds: readonly number[]) => seeds.join(', ') || 'none';

/**
 * @param result figures of both sets of seeds
 * @param options `engine` that applied the rules; `plot`: file name of the picture, in the same folder; `changes`: differences from earlier
 *   reports, handwritten Markdown
 * @returns the report as Markdown; it does not depend on the time or the machine
 */
export function report(result: EvaluationResult, options: { engine: string; plot: string; changes: string }): string {
  const { judging, tuning, notes } = result;
  return [
    '# Evaluation of the fraud rules',
    introduction(result, options.engine),
    '**These figures are optimistic.** The same people wrote the attacks and the rules, and knew the thresholds. Tests of ' +
      '`libs/traffic-model` require that every attacker exceeds its thresholds and that every honest look-alike stays below them. ' +
      'The figures show that the rules find the attacks that they were designed for, among late, repeated and malformed records. ' +
      'They do not show how much real fraud the rules would find: the rules do not find attackers that stay below the thresholds. ' +
      'Only the section "Slower attackers" has such attackers.',
    '## Summary',
    overall(judging),
    aims(judging),
    spread(judging),
    `![Precision and recall by rule, and time to detect by attack](${options.plot})`,
    '## Definitions',
    definitions(),
    '## By rule',
    'Each rule is evaluated with its target attacks, and with the kinds of events that it accuses.',
    byRule(judging),
    readingOf(judging),
    '## By attack',
    'The table is for all rules together. "Found by" lists the rules that find every attacker, and for other rules the number of attackers found.',
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
    '## Repeat the evaluation',
    `\`nx run tools:evaluate-fraud${commandOptions(result, options.engine)}\` writes this file and the picture again; the same ` +
      'seeds give the same figures.',
  ].join('\n\n');
}

function introduction({ judging, tuning, plan }: EvaluationResult, engine: string): string {
  const by = engine === 'job' ? 'the packaged Flink job on the local stack' : 'the batch SQL of `nx run tools:verify`';
  return (
    `The rules were evaluated on generated traffic with known ground truth: ${judging.seeds.length} seeds ` +
    `(${list(judging.seeds)}) that were not used for tuning, ${plan.minutes} minutes of event time each, with ` +
    `${grouped(plan.rate)} ordinary events per second, and one active actor of every attack and every honest look-alike (when one ` +
    `ends, another one replaces it). ${grouped(judging.events)} accepted events, of them ${grouped(judging.attackEvents)} ` +
    `(${percent(judging.attackEvents / Math.max(1, judging.events))}) of attacks; ${grouped(judging.alerts)} alerts. The rules ` +
    `were applied by ${by}; the ${tuning.seeds.length} tuning seeds were in the same run. The streams do not contain the labels.`
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
      row('baseline, if it accuses all events of the ip', judging.baselineAllOfIp),
    ],
  );
}

function aims({ overall: { events }, hardNegatives }: Evaluation): string {
  const { precision, recall } = events;
  const worst = hardNegatives.reduce((most, { shareOtherwise }) => Math.max(most, shareOtherwise ?? 0), 0);
  return [
    `- Aim of a precision of ${AIM.precision} by events: ${decimal(precision)}, ${met((precision ?? 0) >= AIM.precision)}.`,
    `- Aim of a recall of ${AIM.recall.toFixed(2)} by events: ${decimal(recall)}, ${met((recall ?? 0) >= AIM.recall)}.`,
    `- Aim of at most ${percent(AIM_HARD_NEGATIVE)} of the events of any honest look-alike flagged, second clicks of a double ` +
      `click apart: ${percent(worst)} at most, ${met(worst <= AIM_HARD_NEGATIVE)}.`,
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
    '- **Event**: an impression or click that the pipeline accepts. Rejected, late and repeated records are not part of a rule or of the evaluation.',
    '- **Attack event**: an event of an attacking actor of the generator, including its impressions.',
    '- **Flagged**: a click with an invalid reason, or an event in the window of an alert on its address, user or publisher, if ' +
      'the rule accuses events of this kind. An alert of a sliding window accuses all events of the window, including those before ' +
      'the alert.',
    '- **Kinds accused**: the events that the rule counts. Rules about a relation of clicks and impressions (users behind an ' +
      'address, the rate of a user, known bots) accuse both. `publisher_ctr_anomaly` accuses clicks, because honest people see the ' +
      'impressions of a publisher.',
    '- **Precision** by events: the share of the flagged events that belong to any attack. **Recall** by events: the share of the ' +
      'attack events that are flagged; for a rule, only events of its target attacks and of the kinds that it accuses. The recall ' +
      'of the baseline and of all rules together refers to all attacks. **F1** is the harmonic mean of both.',
    '- **Actors**: precision is the share of the accused addresses, users and publishers (for a reason, the user of the click) ' +
      'that an attacker used at that time; recall is the share of the attackers with at least one finding. An alert on a publisher ' +
      'finds only a publisher that clicks its own ads. It does not find bots that also click there, and is wrong for other ' +
      'publishers.',
    "- **Detected after**: event time from the attacker's first event to the end of the window of its first alert, or to the " +
      'first click with a reason; for the attackers that were found. The out-of-orderness bound and the processing time are ' +
      'additional.',
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

/** The purpose of each rule, and notes on its figures. */
function readingOf({ rules }: Evaluation): string {
  const meant = RULES.map((rule) => {
    const { accuses, meantFor } = scopeOf(rule);
    const kinds = accuses.length === 2 ? 'clicks and impressions' : `${accuses[0]}s`;
    return `- ${code(rule)} accuses ${kinds}; meant for ${meantFor.map(code).join(', ')}.`;
  });
  const publisher = rules.find(({ name }) => name === 'publisher_ctr_anomaly');
  return [
    ...meant,
    '',
    'These definitions lower a figure:',
    '',
    '- `duplicate_click`: half of the clicks of `click_replay` are forged and refer to impressions that do not exist. Therefore ' +
      'they are not second clicks. The second clicks of `double_clicker`, who is honest, have the reason by the definition of the ' +
      'contract, and lower its precision.',
    '- `invalid_placement`: three in ten ads of `publisher_self_click` are hidden in a pixel; the others are not.',
    '- `metronome`: a late or malformed click leaves a gap of twice the length, and the gaps of its window are then uneven.',
    `- \`publisher_ctr_anomaly\`: ${grouped(publisher?.actors.right ?? 0)} of the ${grouped(publisher?.actors.accused ?? 0)} ` +
      `accused publishers click their own ads; it finds ${grouped(publisher?.actors.found ?? 0)} of ` +
      `${grouped(publisher?.actors.attackers ?? 0)}. A publisher of this size has only a few clicks per minute. Their number is ` +
      'skewed, and sometimes exceeds three standard deviations by chance. Bots that click everywhere raise the rate of honest ' +
      `publishers. A long attack becomes part of the publisher's past. Therefore this alert is a reason to investigate, not proof.`,
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
    'This section repeats the judging seeds with slower attackers: at a pace of 0.5, every pause between two of their actions is ' +
      'twice as long. The table has the share of flagged attack events, and of attackers found. The batch SQL of `nx run ' +
      'tools:verify` computes it; it does not share code with the job.',
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
    'Hard negatives look like an attack, but are honest. The second click of `double_clicker` gets the reason `duplicate_click` ' +
      'by the definition of the contract: the click is invalid, but it is not fraud. Therefore the table has the share with and ' +
      'without that reason. The other flagged events are clicks on a publisher under an alert of `publisher_ctr_anomaly`, which ' +
      'does not accuse a person. "Accused" counts the actors that any other rule accuses. People in apps on phones are part of the ' +
      'groups above them; each person is an actor.',
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
    'These seeds were used to develop the scenarios. The thresholds were not tuned: they are the original defaults of the design.',
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
