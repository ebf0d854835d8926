import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CheckList } from '@ad-analytics/command-line/check-list';
import { checkProvider, requiredProvider } from './check-provider';

const stack = mkdtempSync(path.join(os.tmpdir(), 'stack '));
afterAll(() => rmSync(stack, { recursive: true }));

describe('the provider that is deployed', () => {
  it('is the version that the synthesised stack requires', () => {
    const aws = { source: 'aws', version: '0.0.1' };
    writeFileSync(path.join(stack, 'cdk.tf.json'), JSON.stringify({ terraform: { required_providers: { aws } } }));
    expect(requiredProvider(stack)).toBe('0.0.1');
  });

  it('is skipped with a reason if no mirror contains it', async () => {
    const lines: string[] = [];
    await checkProvider(stack, 'us-east-1', new CheckList((line) => lines.push(line)), new AbortController().signal);
    expect(lines.join('\n')).toMatch(/^skip .*0\.0\.1.*no mirror on this machine contains it; CI checks this/);
  });
});
