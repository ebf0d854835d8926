import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { GeneratorError } from './errors';
import { findLocalStack } from './local-stack';
import { committedConfig, findStreams } from './streams';

const PROJECT = path.resolve(__dirname, '..', '..', '..');
/** No process has this: Linux allows ids up to 2^22. */
const NO_PROCESS = 2 ** 30;

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'local stack '));
  mkdirSync(path.join(root, '.run'));
});
afterEach(() => rmSync(root, { recursive: true }));
const write = (content: unknown) =>
  writeFileSync(path.join(root, '.run', 'current-stack.json'), JSON.stringify(content));
const stack = (pid: number) => ({
  pid,
  endpoint: 'http://127.0.0.1:4566',
  configFile: committedConfig(PROJECT),
  region: 'us-east-1',
  flinkRest: 'http://127.0.0.1:8081',
});

describe('findLocalStack', () => {
  it('finds the running one', () => {
    write(stack(process.pid));
    expect(findLocalStack(root)).toMatchObject({ pid: process.pid, endpoint: 'http://127.0.0.1:4566' });
  });

  it('explains how to start one when none is running, or it has ended', () => {
    expect(() => findLocalStack(root)).toThrow(/No local stack is running\.\nStart it with `npm run demo`/);
    write(stack(NO_PROCESS));
    expect(() => findLocalStack(root)).toThrow(/\(process 1073741824\) has ended\.\nStart it with/);
  });

  it('names what is wrong with the file', () => {
    write({ pid: process.pid, endpoint: 7, configFile: 'x' });
    expect(() => findLocalStack(root)).toThrow(/current-stack\.json cannot be read: .*endpoint/s);
    write({});
    expect(() => findLocalStack(root)).toThrow(GeneratorError);
  });
});

describe('findStreams', () => {
  it('takes names from the settings, and the endpoint from the stack or the option', () => {
    write(stack(process.pid));
    const names = { impressions: 'AdImpressionsStreamInput', clicks: 'ClicksStreamInput' };
    const local = findStreams(root, {});
    expect(local.impressions).toEqual({
      streamName: names.impressions,
      region: 'us-east-1',
      endpoint: 'http://127.0.0.1:4566',
    });
    const other = findStreams(PROJECT, { endpoint: 'http://127.0.0.1:1' });
    expect(other.clicks).toMatchObject({ streamName: names.clicks, endpoint: 'http://127.0.0.1:1' });
  });

  it('does not set an endpoint for AWS, even when a local stack is running', () => {
    write(stack(process.pid));
    expect(findStreams(root, { aws: true, config: committedConfig(PROJECT) }).clicks.endpoint).toBeUndefined();
  });

  it('does not use the settings of a local run for AWS', () => {
    const groups = JSON.parse(readFileSync(committedConfig(PROJECT), 'utf8')) as {
      PropertyGroupId: string;
      PropertyMap: Record<string, string>;
    }[];
    const clicks = groups.find((group) => group.PropertyGroupId === 'AdClicksStream')!;
    clicks.PropertyMap['aws.endpoint'] = 'http://127.0.0.1:4566';
    const config = path.join(root, 'local.json');
    writeFileSync(config, JSON.stringify(groups));
    expect(() => findStreams(root, { aws: true, config })).toThrow(/local\.json has an aws\.endpoint/);
  });
});
