import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

/** The Flink distribution in the PyFlink package. */
export interface FlinkDistribution {
  /** Folder with lib/, opt/, plugins/ and conf/. */
  readonly home: string;
  /** Class path of every Flink process, like in bin/config.sh: the jars of lib/, flink-dist last. */
  readonly classPath: string;
  /** Module options that Flink needs on Java 17 and later, from the distribution's own conf/config.yaml. */
  readonly moduleOptions: readonly string[];
}

/**
 * @param jars file names in lib/
 * @returns the jars in the order of bin/config.sh (constructFlinkClassPath)
 * @throws Error unless there is exactly one flink-dist jar
 */
export function classPathOrder(jars: readonly string[]): string[] {
  const isDist = (jar: string) => /^flink-dist[^/]*\.jar$/.test(jar);
  const dist = jars.filter(isDist);
  if (dist.length !== 1) throw new Error(`expected one flink-dist jar in Flink's lib folder, found ${dist.length}`);
  const others = jars.filter((jar) => jar.endsWith('.jar') && !isDist(jar));
  return [...others.sort(), ...dist];
}

/**
 * @param config text of the distribution's conf/config.yaml
 * @returns its --add-exports and --add-opens options
 */
export function moduleOptionsOf(config: string): string[] {
  return config.match(/--add-(?:exports|opens)=\S+/g) ?? [];
}

/**
 * @param python interpreter of the environment that has apache-flink
 * @throws Error when the package is missing or incomplete
 */
export async function findFlink(python: string): Promise<FlinkDistribution> {
  const locate = 'import importlib.util as u; print(u.find_spec("pyflink").submodule_search_locations[0])';
  const { stdout } = await promisify(execFile)(python, ['-c', locate]);
  const home = stdout.trim();
  const lib = path.join(home, 'lib');
  return {
    home,
    classPath: classPathOrder(readdirSync(lib))
      .map((jar) => path.join(lib, jar))
      .join(path.delimiter),
    moduleOptions: moduleOptionsOf(readFileSync(path.join(home, 'conf', 'config.yaml'), 'utf8')),
  };
}
