import { Command } from 'commander';
import { CommandError } from '@ad-analytics/command-line/errors';
import type { Component } from './allowed-licences';
import { shippedLicences } from './shipped-artefacts';

/** @returns for example `Apache-2.0 36, MIT 10` */
function byLicence(components: readonly Component[]): string {
  const counts = new Map<string, number>();
  for (const { licence = 'none' } of components) counts.set(licence, (counts.get(licence) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([licence, count]) => `${licence} ${count}`)
    .join(', ');
}

/** `licences`: checks the licences of all third-party code that ships. */
export function licencesCommand(): Command {
  return new Command('licences')
    .description('Check the licences of all third-party code in the Lambda, the dashboard, the zip and its jar.')
    .option('--list', 'print every component')
    .addHelpText('after', '\nExit code 0: all are known and allowed; 1: some are not.')
    .action(({ list = false }: { readonly list?: boolean }) => {
      let wrong = 0;
      for (const { artefact, components, problems } of shippedLicences()) {
        console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'}  ${artefact}: ${components.length} third-party parts`);
        if (components.length > 0) console.log(`      ${byLicence(components)}`);
        if (list)
          for (const { name, version = '', licence = 'none' } of components)
            console.log(`      ${name} ${version} ${licence}`);
        for (const problem of problems) console.log(`      ${problem}`);
        wrong += problems.length;
      }
      if (wrong > 0)
        throw new CommandError(
          'Some third-party code has an unknown licence: see CONTRIBUTING.md, "Third-party code".',
        );
    });
}
