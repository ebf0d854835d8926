import { buildArtefacts } from './build-artefacts';
import { UsageError } from './errors';

/** @returns a program that ends with these exit codes, and its recorded calls */
function endingWith(...codes: (number | null)[]) {
  const targets: (string | undefined)[] = [];
  const run = (_: string, args: readonly string[]) => {
    targets.push(args.at(-1));
    const code = codes.shift();
    return Promise.resolve(code === undefined ? 0 : code);
  };
  return { run, targets };
}

describe('buildArtefacts', () => {
  it('builds the zip of the application and the bundle of the sink', async () => {
    const { run, targets } = endingWith(0, 0);
    await buildArtefacts(run);
    expect(targets).toEqual(['flink:package', 'output-sink:build']);
  });

  it('names the command of the failed build, and stops', async () => {
    const { run, targets } = endingWith(1);
    const failed = buildArtefacts(run);
    await expect(failed).rejects.toThrow(UsageError);
    await expect(failed).rejects.toThrow('npx nx run flink:package');
    expect(targets).toEqual(['flink:package']);
  });

  it('treats a build that a signal ended as failed', async () => {
    await expect(buildArtefacts(endingWith(0, null).run)).rejects.toThrow('npx nx run output-sink:build');
  });
});
