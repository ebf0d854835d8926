import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { unpackApplication } from '@ad-analytics/local-stack/application-package';
import { findFlink } from '@ad-analytics/local-stack/flink-distribution';

/** Code that benchmarks add to the packaged application. The deployable zip does not contain it. */
const ADDITIONS = path.join(ROOT, 'flink', 'bench');
const JAR = path.join('lib', 'pyflink-dependencies.jar');

/**
 * Unpacks the deployable zip and puts the classes of flink/bench into its jar: prepared records instead of those of Kinesis, a sink that
 * discards. The graph of the job stays as packaged. The jobs that it is compared with are in the folder `bench`.
 * @param options `zip`; `folder` to make; `python` of the project's environment; `java` program of a JDK
 * @returns the folder
 */
export async function benchApplication(options: {
  zip: string;
  folder: string;
  python: string;
  java: string;
}): Promise<string> {
  const application = await unpackApplication({ ...options, folder: path.join(options.folder, 'application') });
  const { classPath } = await findFlink(options.python);
  const classes = path.join(options.folder, 'bench-classes');
  mkdirSync(classes, { recursive: true });
  const jar = path.join(application, JAR);
  const run = promisify(execFile);
  const tool = (name: string) => path.join(path.dirname(options.java), name);
  await run(tool('javac'), [
    '--release',
    '11',
    '-Xlint:all,-processing,-deprecation,-serial,-classfile,-path',
    '-Werror',
    '-classpath',
    [jar, classPath].join(path.delimiter),
    '-d',
    classes,
    ...javaFiles(path.join(ADDITIONS, 'java')),
  ]);
  await run(tool('jar'), ['--update', '--file', jar, '-C', classes, '.']);
  cpSync(path.join(ADDITIONS, 'jobs'), path.join(application, 'bench'), { recursive: true });
  return application;
}

function javaFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.java'))
    .map((file) => path.join(folder, file))
    .sort();
}
