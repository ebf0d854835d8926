import { CommandError } from '@ad-analytics/command-line/errors';
import { icebergStatements, statementsHash } from './iceberg-statements';
import type { Erasure } from './user-store';

/**
 * The part of an erasure that a person does in Athena: this command cannot delete rows of the Iceberg table. It prints the statements, and notes
 * which ones.
 * @param erasure after the other stores, with the ids that were found
 * @param done whether the person says that the printed statements have run
 * @throws CommandError (exit code 1) with the next step, unless exactly these statements were printed before and have run
 */
export function finishInAthena({ subject, progress }: Erasure, done: boolean): void {
  const statements = icebergStatements(subject, progress.rejectedIds);
  const hash = statementsHash(statements);
  const { printedStatements: printed } = progress;
  if (done && printed === hash) return;
  console.log(['Run these statements in Athena, one at a time, in this order:', ...statements].join('\n'));
  progress.notePrintedStatements(hash);
  throw new CommandError(
    `${done ? `--iceberg-done: ${printed === undefined ? 'no statements were printed before' : 'other statements were printed before'}. ` : ''}` +
      'The Iceberg table can still have rows of this user. Run the statements above. Then repeat this command with --iceberg-done.',
    1,
  );
}
