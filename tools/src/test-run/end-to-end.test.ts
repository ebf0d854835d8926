import { checkTotals, runLanes } from './end-to-end';

describe('checkTotals', () => {
  it('reads the last line of a command of checks', () => {
    const lines = ['ok    a: 1 checks passed, 2 failed, 3 skipped', '5 checks passed, 1 failed, 2 skipped', 'wrong'];
    expect(checkTotals(lines, false)).toEqual({ passed: 5, failed: 1, skipped: 2 });
  });

  it('counts a failure where a command ends badly with all its checks passed, or without a last line', () => {
    expect(checkTotals(['5 checks passed, 0 failed, 0 skipped'], false)).toEqual({ passed: 5, failed: 1, skipped: 0 });
    expect(checkTotals(['Cannot find module'], false)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe('runLanes', () => {
  it('runs the steps of a lane in order, lanes side by side, and returns all results in order', async () => {
    const log: string[] = [];
    let release = () => {};
    const other = new Promise<void>((resolve) => (release = resolve));
    const step = (name: string, wait?: Promise<void>) => async () => {
      log.push(`${name} begins`);
      await wait;
      log.push(`${name} ends`);
      if (name === 'b') release();
      return name;
    };
    // The first step ends only when the other lane's has: one after the other they would never end.
    expect(await runLanes([[step('a', other), step('c')], [step('b')]])).toEqual(['a', 'c', 'b']);
    expect(log.indexOf('c begins')).toBeGreaterThan(log.indexOf('a ends'));
  });

  it('fails as its steps do, when all lanes have ended', async () => {
    let ended = false;
    const slow = async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      ended = true;
    };
    await expect(runLanes([[() => Promise.reject(new Error('broken'))], [slow]])).rejects.toThrow('broken');
    expect(ended).toBe(true);
  });
});
