import type { CommandDefinition } from '@ad-analytics/setup/commands.cjs';
import { withTargets } from './nx-targets';

const command = (name: string, target: string): CommandDefinition => ({
  name,
  target,
  group: 'Checks',
  summary: '',
  needs: { python: false, application: false },
});
const run = (line: string) => ({ command: `node tools/setup/run.mjs ${line}` });

describe('the targets of a project', () => {
  it('keep what they declare besides the command', () => {
    const project = { name: 'tools', targets: { e2e: { ...run('e2e'), dependsOn: ['^build'] } } };
    expect(withTargets(project, [command('e2e', 'tools:e2e')])).toEqual(project);
  });

  it('keep the arguments of a command, and commands of other projects with arguments', () => {
    const project = { name: 'flink', targets: { sbom: run('sbom flink'), e2e: run('e2e-infra --short') } };
    expect(withTargets(project, [command('sbom', 'tools:sbom'), command('e2e-infra', 'flink:e2e')])).toEqual(project);
  });

  it('run the command of their name', () => {
    const project = { name: 'tools', targets: { e2e: { ...run('e2e-old'), cache: true } } };
    expect(withTargets(project, [command('e2e', 'tools:e2e')]).targets).toEqual({
      e2e: { cache: false, ...run('e2e') },
    });
  });

  it('move with a command to another project', () => {
    const moved = [command('verify', 'verify:verify')];
    expect(withTargets({ name: 'tools', targets: { verify: run('verify') } }, moved).targets).toEqual({});
    expect(withTargets({ name: 'verify', targets: {} }, moved).targets).toEqual({
      verify: { cache: false, ...run('verify') },
    });
  });
});
