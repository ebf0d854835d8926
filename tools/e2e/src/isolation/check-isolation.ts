import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { LOCAL_CREDENTIALS } from '@ad-analytics/local-stack/local-aws-environment';
import { credentialsLog } from '@ad-analytics/local-stack/stack';
import type { CheckList } from '@ad-analytics/command-line/check-list';
import { processTree } from './process-tree';
import { type Socket, isLoopback, socketsOf } from './sockets';

/**
 * Minimum number of listening sockets in a complete local run: MiniStack, JobManager (REST, RPC, blob server), TaskManager (RPC, data), the
 * dashboard.
 */
const MIN_LISTENING = 6;

const shown = ({ pid, address, port, peer }: Socket): string =>
  `process ${pid} ${address}:${port}${peer === undefined ? '' : ` with ${peer}`}`;

/** @returns the variables that a process was started with, as one text; empty when it has ended */
function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return '';
  }
}

/**
 * Checks that no other machine can reach a running local stack, that it talks to no other machine, and that its processes do not know the
 * user's AWS settings.
 * @param command process that has started the stack
 * @param secrets texts of these settings
 * @param checks takes every check
 */
export function checkIsolation(command: number, secrets: readonly string[], checks: CheckList): void {
  const sockets = socketsOf(processTree(command));
  if (sockets === undefined) {
    checks.skip('every part listens on the loopback interface only', 'this system has no /proc/net/tcp');
    return;
  }
  const listening = sockets.filter(({ listens }) => listens);
  checks.holds(
    `the ${listening.length} sockets that listen are all on the loopback interface`,
    listening.length >= MIN_LISTENING && listening.every(({ address }) => isLoopback(address)),
    `at least ${MIN_LISTENING} expected, all on loopback; found ${listening.map(shown).join(', ')}`,
  );
  const outside = sockets.filter(({ peer }) => peer !== undefined && !isLoopback(peer));
  checks.equal('no part has a connection to another machine', outside.map(shown), []);
  const withSockets = [...new Set(sockets.map(({ pid }) => pid))].filter((pid) => pid !== command);
  const knowing = withSockets.filter((pid) => secrets.some((secret) => environmentOf(pid).includes(secret)));
  checks.equal("no part knows the user's AWS settings", knowing, []);
}

/** @returns the access keys in a log of Authorization headers, each once; requests without the header are left out */
export function accessKeysIn(log: string): string[] {
  const keys = [...log.matchAll(/\bCredential=([^/,\s]*)/g)].map(([, key = '']) => key);
  return [...new Set(keys)].sort();
}

/** @returns the files of a folder and its subfolders */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);
}

/**
 * @param folder to look through, with its subfolders
 * @param texts to look for
 * @returns the files that contain one of them
 */
export function filesWith(folder: string, texts: readonly string[]): string[] {
  return filesIn(folder).filter((file) => {
    const content = readFileSync(file);
    return texts.some((text) => content.includes(text));
  });
}

/**
 * Checks which credentials a local stack with `logCredentials` received, and that its files contain no secret.
 * @param runFolder of the stack
 * @param secrets texts of the user's AWS settings
 * @param checks takes every check
 */
export function checkCredentials(runFolder: string, secrets: readonly string[], checks: CheckList): void {
  const keys = accessKeysIn(readFileSync(credentialsLog(runFolder), 'latin1'));
  checks.equal("every request shows the emulator's own access key", keys, [LOCAL_CREDENTIALS.accessKeyId]);
  checks.equal("no file of the run has the user's AWS settings", filesWith(runFolder, secrets), []);
}
