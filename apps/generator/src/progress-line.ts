import type { TargetCounts } from './target/traffic-target';

const REDRAW_EVERY_MS = 250;
const LINE_EVERY_MS = 5_000;
/** A smaller delay is jitter of timers and requests. */
const NOTABLE_DELAY_MS = 2_000;

/** Progress goes to standard error, so that standard output contains only the summary. */
export interface ProgressOutput {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** @returns 1234567 as "1,234,567" */
export function grouped(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/**
 * @returns the counts as one line
 * @param behindMs current delay
 */
export function progressText(counts: TargetCounts, elapsedMs: number, perSecond: number, behindMs: number): string {
  const { impressions, clicks } = counts.sent;
  const parts = [
    `${(elapsedMs / 1_000).toFixed(0)} s`,
    `sent ${grouped(impressions)} impressions, ${grouped(clicks)} clicks (${grouped(perSecond)}/s)`,
    `retried ${grouped(counts.retried)}`,
    `failed ${grouped(counts.failed)}`,
  ];
  if (behindMs > NOTABLE_DELAY_MS) parts.push(`${(behindMs / 1_000).toFixed(0)} s behind`);
  return parts.join(', ');
}

/**
 * Shows the counts while they grow: one redrawn line on a terminal, otherwise a line now and then.
 * @param counts
 * current ones
 * @param behindMs current delay
 * @returns ends it
 */
export function showProgress(counts: () => TargetCounts, behindMs: () => number, output: ProgressOutput): () => void {
  const started = performance.now();
  let last = { at: started, sent: 0 };
  const total = ({ sent }: TargetCounts) => sent.impressions + sent.clicks;
  const show = () => {
    const now = performance.now();
    const current = counts();
    const perSecond = ((total(current) - last.sent) / Math.max(1, now - last.at)) * 1_000;
    // A rate over less than a second is unstable.
    if (now - last.at > 1_000) last = { at: now, sent: total(current) };
    const text = progressText(current, now - started, perSecond, behindMs());
    output.write(output.isTTY ? `\r\u001b[2K${text}` : `${text}\n`);
  };
  const timer = setInterval(show, output.isTTY ? REDRAW_EVERY_MS : LINE_EVERY_MS);
  return () => {
    clearInterval(timer);
    if (output.isTTY) output.write('\r\u001b[2K');
  };
}
