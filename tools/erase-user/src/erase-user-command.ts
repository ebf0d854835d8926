import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { Command } from 'commander';
import { Warehouse } from '@ad-analytics/redshift-data-api';
import { clientConfig, createServingClient } from '@ad-analytics/serving-table';
import { RUN_ROOT } from '@ad-analytics/setup/layout.cjs';
import { CommandError } from '@ad-analytics/command-line/errors';
import { readPrivacyKey } from '@ad-analytics/pseudonyms/privacy-key';
import { userPseudonym } from '@ad-analytics/pseudonyms/pseudonyms';
import { deployedStores, type StoreNames } from './deployed-stores';
import { eraseUser } from './erase-user';
import { ErasureReport } from './erasure-report';
import { countRetries, describeFailure, MAX_ATTEMPTS } from './failures';
import { finishInAthena } from './finish-in-athena';
import { printReport } from './print-report';
import { ProgressFile } from './progress-file';
import { Erasure, type UserStore } from './user-store';

interface Flags {
  readonly userId: string;
  readonly privacyKey?: string;
  readonly clickId?: readonly string[];
  readonly impressionId?: readonly string[];
  readonly address?: readonly string[];
  readonly outputs?: string;
  readonly table?: string;
  readonly archive?: string;
  readonly region: string;
  readonly endpoint?: string;
  readonly progress?: string;
  readonly yes: boolean;
  readonly icebergDone: boolean;
  readonly keepNotes: boolean;
}

/** An object of the archive has about 64 MiB. */
const OBJECT_TIMEOUT_MS = 120_000;

/** @throws CommandError (exit code 2) when no store is named, or the file of outputs cannot be read */
function storeNames({ outputs, table, archive }: Flags): StoreNames {
  let deployed: StoreNames = { table: undefined, archive: undefined, warehouse: undefined, iceberg: undefined };
  if (outputs !== undefined) {
    try {
      deployed = deployedStores(JSON.parse(readFileSync(outputs, 'utf8')));
    } catch (error) {
      throw new CommandError(`--outputs: ${outputs} cannot be used: ${describeFailure(error)}.`, 2);
    }
  }
  const names = { ...deployed, table: table ?? deployed.table, archive: archive ?? deployed.archive };
  if (names.table === undefined && names.archive === undefined && names.warehouse === undefined) {
    throw new CommandError('Name the stores: with --outputs, or with --table and --archive.', 2);
  }
  return names;
}

/** Runs `work` with clients of the named stores, and closes them. */
async function withStores<T>(
  names: StoreNames,
  { region, endpoint }: Flags,
  report: ErasureReport,
  work: (stores: UserStore[]) => Promise<T>,
): Promise<T> {
  // DuckDB is a native library: the other commands need not load it.
  const [{ ArchiveStore }, { ObjectStore }, { TableStore }, { WarehouseStore }] = await Promise.all([
    import('./archive-store'),
    import('./object-store'),
    import('./table-store'),
    import('./warehouse-store'),
  ]);
  const options = { region, endpoint, maxAttempts: MAX_ATTEMPTS };
  const handler = { connectionTimeout: 2_000, requestTimeout: OBJECT_TIMEOUT_MS, throwOnRequestTimeout: true };
  const tables = createServingClient(options);
  const objects = new S3Client({
    ...clientConfig(options),
    requestHandler: new NodeHttpHandler(handler),
    forcePathStyle: endpoint !== undefined,
  });
  const statements = new RedshiftDataClient(clientConfig(options));
  for (const client of [tables, objects, statements]) countRetries(client, report);
  try {
    return await work([
      ...(names.archive === undefined ? [] : [new ArchiveStore(new ObjectStore(objects, names.archive))]),
      ...(names.table === undefined ? [] : [new TableStore(tables, names.table)]),
      ...(names.warehouse === undefined ? [] : [new WarehouseStore(new Warehouse(statements, names.warehouse))]),
    ]);
  } finally {
    for (const client of [tables, objects, statements]) client.destroy();
  }
}

/** @returns path of the notes of an erasure. The name has a hash: it must not contain the id */
function progressFile(userIds: readonly string[], names: StoreNames): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([...userIds, names]))
    .digest('hex')
    .slice(0, 16);
  return path.join(RUN_ROOT, `erase-user-${hash}.jsonl`);
}

/**
 * `erase-user`: removes one user's data from the stores of results.
 * @param interrupted aborts the command
 */
export function eraseUserCommand(interrupted: AbortSignal): Command {
  return new Command('erase-user')
    .description(
      'Find the records of one user in the table, the archive and the warehouse, and remove them with --yes.',
    )
    .requiredOption('--user-id <id>', 'id of the user, as the events have it')
    .option(
      '--click-id <ids...>',
      "further ids of the user's clicks; the command itself finds those in the records of the user's clicks",
    )
    .option(
      '--impression-id <ids...>',
      "further ids of the user's impressions; the command itself finds those of clicked impressions",
    )
    .option(
      '--privacy-key <file>',
      'key of the pseudonyms: the command also finds the records that have the pseudonym of the user',
    )
    .option('--address <addresses...>', 'addresses that only this user has: alerts about them are removed')
    .option('--outputs <file>', 'stores of an environment: output of `terraform output -json`')
    .option('--table <name>', 'the serving table')
    .option('--archive <bucket>', 'bucket of the archive')
    .option('--region <name>', 'AWS region', process.env['AWS_REGION'] ?? 'us-east-1')
    .option('--endpoint <url>', 'endpoint of a local AWS')
    .option('--progress <file>', 'file of the progress, to continue after an interruption (default: in .run)')
    .option('--yes', 'remove the records (default: only count them)', false)
    .option('--iceberg-done', 'with --yes: the statements that the last call printed have run in Athena', false)
    .option(
      '--keep-notes',
      "with --yes: keep the ids of the user's events, for a repetition after the streams have lost them",
      false,
    )
    .addHelpText(
      'after',
      '\nRun it again after an interruption: it continues. If the environment has an Iceberg table, --yes prints statements for Athena: run them,\n' +
        'and repeat the command with --iceberg-done. Exit code 0: everything that was found is removed, or was only counted; 1: a store could not be\n' +
        'searched, something was not removed, or the statements for Athena are left; the output says what. See docs/runbooks/erase-a-user.md.',
    )
    .action(async (flags: Flags) => {
      if (flags.userId === '') throw new CommandError('--user-id: the id is empty.', 2);
      const userIds = [flags.userId];
      if (flags.privacyKey !== undefined)
        userIds.push(userPseudonym(flags.userId, readPrivacyKey(flags.privacyKey, '--privacy-key')));
      const names = storeNames(flags);
      for (const [option, given] of [
        ['--iceberg-done', flags.icebergDone],
        ['--keep-notes', flags.keepNotes],
      ] as const)
        if (given && !flags.yes) throw new CommandError(`${option}: it needs --yes.`, 2);
      if (flags.icebergDone && names.iceberg === undefined) {
        throw new CommandError('--iceberg-done: no Iceberg table is named. Name it with --outputs.', 2);
      }
      const report = new ErasureReport();
      const notes = flags.progress ?? progressFile(userIds, names);
      const progress = new ProgressFile(flags.yes ? notes : undefined);
      const erasure = new Erasure({
        subject: {
          userIds,
          eventIds: { impression: new Set(flags.impressionId), click: new Set(flags.clickId) },
          addresses: new Set(flags.address),
        },
        remove: flags.yes,
        report,
        progress,
        signal: interrupted,
        say: (line) => console.error(`. ${line}`),
      });
      await withStores(names, flags, report, (stores) => eraseUser(stores, erasure));
      printReport(erasure, names);
      if (report.problems.length > 0) {
        const later =
          flags.yes && names.iceberg !== undefined ? ' The Iceberg table is next, when nothing else is left.' : '';
        throw new CommandError(`The data of this user is not completely erased.${later}`, 1);
      }
      if (flags.yes && names.iceberg !== undefined) finishInAthena(erasure, flags.icebergDone);
      if (flags.keepNotes) {
        progress.forgetPrintedStatements();
        console.log(
          `The ids of the user's events are in ${notes}. The same command without --keep-notes deletes the file.`,
        );
      } else progress.delete();
    });
}
