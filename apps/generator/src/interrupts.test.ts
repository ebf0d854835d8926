import { listenForInterrupts } from './interrupts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
let now = 0;
beforeEach(() => void jest.spyOn(performance, 'now').mockImplementation(() => now));
afterEach(() => {
  jest.restoreAllMocks();
  for (const signal of SIGNALS) process.removeAllListeners(signal);
});

describe('listenForInterrupts', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('asks for a stop at the first %s, and to give up at one that comes later', (signal, code) => {
    const names: string[] = [];
    const { stop, giveUp, exitCode } = listenForInterrupts((name) => names.push(name));
    expect(exitCode()).toBeUndefined();
    process.emit(signal);
    expect([stop.aborted, giveUp.aborted, exitCode()]).toEqual([true, false, code]);
    // The same Ctrl-C, passed on by Nx.
    now += 1_000;
    process.emit(signal);
    expect(giveUp.aborted).toBe(false);
    now += 1_000;
    process.emit(signal);
    expect([giveUp.aborted, names.length]).toEqual([true, 1]);
  });
});
