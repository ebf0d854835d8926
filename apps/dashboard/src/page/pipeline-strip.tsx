import type { ComponentChildren } from 'preact';
import type { DashboardView } from '../view/view';
import { formatAge, formatRate } from './format';

interface StageProps {
  readonly name: string;
  readonly what: string;
  readonly children: ComponentChildren;
}

function Stage({ name, what, children }: StageProps) {
  return (
    <li class="stage">
      <span class="stage-name">{name}</span>
      <span class="stage-what">{what}</span>
      <span class="stage-figures">{children}</span>
    </li>
  );
}

const Rate = ({ value, unit }: { readonly value: number | null; readonly unit: string }) => (
  <span class="rate">
    <b>{formatRate(value)}</b> {unit}
  </span>
);

interface StripProps {
  readonly view: DashboardView | undefined;
  readonly lost: boolean;
  readonly now: number;
}

/** The pipeline in one line, with its current throughput. */
export function PipelineStrip({ view, lost, now }: StripProps) {
  const pipeline = lost ? undefined : view?.pipeline;
  const flink = pipeline?.flink;
  const newest = view?.status.newestEventTime ?? null;
  const flowing = view?.status.state === 'live' && !lost;
  return (
    <section class={`pipeline ${flowing ? 'is-flowing' : ''}`} aria-labelledby="pipeline-title">
      <h2 id="pipeline-title" class="visually-hidden">
        The pipeline
      </h2>
      <p class="lead">
        Ad impressions and clicks stream in; each click is joined with its impression, counted, scored and checked for
        fraud; every result lands here once, seconds later.
      </p>
      <ol>
        <Stage name="Kinesis" what="Ad events in">
          <Rate value={pipeline?.impressionsPerSecond ?? null} unit="impressions/s" />
          <Rate value={pipeline?.clicksPerSecond ?? null} unit="clicks/s" />
        </Stage>
        <Stage name="Flink" what="Attribution, rates, scores, fraud">
          {flink?.available ? (
            <Rate value={flink.recordsPerSecond} unit={`records/s · ${flink.state.toLowerCase()}`} />
          ) : (
            <span class="rate" title={flink?.reason}>
              rate not available
            </span>
          )}
        </Stage>
        <Stage name="DynamoDB" what="Results, each once">
          <Rate value={pipeline?.resultsPerSecond ?? null} unit="results/s" />
        </Stage>
        <Stage name="This page" what="Newest event shown">
          <span class="rate">
            <b>{newest === null ? '–' : formatAge(now - newest)}</b> behind
          </span>
        </Stage>
      </ol>
    </section>
  );
}
