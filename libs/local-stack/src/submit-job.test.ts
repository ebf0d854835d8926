import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { clientLogName, submitArguments } from './submit-job';

describe('clientLogName', () => {
  it('has a separate log for every submission of a run', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'client log '));
    const names = [1, 2, 3].map(() => {
      const name = clientLogName(folder);
      writeFileSync(path.join(folder, `${name}.out`), '');
      return name;
    });
    expect(names).toEqual(['flink-client', 'flink-client-2', 'flink-client-3']);
    rmSync(folder, { recursive: true });
  });
});

describe('submitArguments', () => {
  it('starts the application like the service, from its folder', () => {
    const options = { python: 'main.py', jarfile: 'lib/a.jar', pyFiles: 'package, more' };
    const args = submitArguments('/the folder', options, '/the python');
    expect(args.slice(0, 2)).toEqual(['run', '--detached']);
    expect(args).toEqual(
      expect.arrayContaining(['--python', '/the folder/main.py', '--jarfile', '/the folder/lib/a.jar']),
    );
    expect(args[args.indexOf('--pyFiles') + 1]).toBe('/the folder/package,/the folder/more');
    expect(args).not.toContain('--fromSavepoint');
    expect(submitArguments('/f', { python: 'main.py', jarfile: 'a.jar' }, 'p')).not.toContain('--pyFiles');
  });

  it('continues from a savepoint', () => {
    const args = submitArguments('/f', { python: 'main.py', jarfile: 'a.jar' }, 'p', {
      fromSavepoint: 'file:///the savepoint',
    });
    expect(args[args.indexOf('--fromSavepoint') + 1]).toBe('file:///the savepoint');
    expect(args).not.toContain('--allowNonRestoredState');
    expect(args).not.toContain('--parallelism');
  });

  it('starts with another parallelism than that of the cluster', () => {
    const args = submitArguments('/f', { python: 'main.py', jarfile: 'a.jar' }, 'p', { parallelism: 1 });
    expect(args[args.indexOf('--parallelism') + 1]).toBe('1');
  });
});
