import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type DrawnArchitecture, drawArchitecture } from './draw-architecture';

const committed = (name: string) => readFileSync(path.join(__dirname, '..', '..', '..', 'docs', name));

/** If one of these tests fails, run npx nx run infra:diagram, review the changes, and commit them. */
describe('the committed architecture is what infra synthesises', () => {
  let drawn: DrawnArchitecture;
  beforeAll(async () => {
    drawn = await drawArchitecture();
  });

  it('docs/architecture.json', () => expect(JSON.parse(committed('architecture.json').toString())).toEqual(drawn.data));

  it('docs/architecture.svg', () => expect(committed('architecture.svg').toString()).toBe(drawn.svg));

  // Not with toEqual, which would print both texts.
  it('docs/architecture.pdf', () => expect(committed('architecture.pdf').equals(drawn.pdf)).toBe(true));

  it('shows every stream, function, application, table and queue in the overview', () => {
    const shown = [
      'aws_kinesis_stream',
      'aws_kinesisanalyticsv2_application',
      'aws_lambda_function',
      'aws_dynamodb_table',
      'aws_sqs_queue',
    ];
    const moved = new Set(drawn.data.flows.flatMap(({ from, to }) => [from, to]));
    const missing = drawn.data.resources.filter(({ type, key }) => shown.includes(type) && !moved.has(key));
    expect(missing.map(({ key }) => key)).toEqual([]);
  });

  it('does not contain data of the machine that drew it', () => {
    expect(JSON.stringify(drawn.data)).not.toMatch(/\/tmp\/|\/home\/|ad-analytics-diagram/);
  });
});
