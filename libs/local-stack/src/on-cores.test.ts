import { execFileSync } from 'node:child_process';
import { onCores, whyNotOnCores } from './on-cores';

const LIMITED = whyNotOnCores(1);

describe('onCores', () => {
  (LIMITED === undefined ? it : it.skip)(
    `limits a process to one core${LIMITED ? ` (skipped: ${LIMITED})` : ''}`,
    () => {
      const count = ['-p', 'require("node:os").availableParallelism()'];
      const { command, args = [] } = onCores({ name: 'node', command: process.execPath, args: count } as never, 1);

      expect(execFileSync(command, args, { encoding: 'utf8' }).trim()).toBe('1');
    },
  );

  it('says when the machine has fewer cores', () => {
    expect(whyNotOnCores(100_000)).toMatch(/^the machine has \d+ cores$/);
  });
});
