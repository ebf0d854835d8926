import {
  findLocalStack as find,
  type LocalStackAddress,
  LocalStackAddressError,
} from '@ad-analytics/local-stack-address';
import { EXIT_USAGE, GeneratorError } from './errors';

const HOW_TO_START =
  'Start it with `npm run demo` or `node tools/setup/run.mjs stack` in another terminal.\n' +
  'Or use --out-dir DIR to write files, --endpoint URL for another emulator, --aws for AWS.';

/**
 * @param root folder of the project
 * @returns where the running local stack is
 * @throws GeneratorError (exit code 2) that explains how to start a local stack when none is running
 */
export function findLocalStack(root: string): LocalStackAddress {
  try {
    return find(root);
  } catch (error) {
    if (!(error instanceof LocalStackAddressError)) throw error;
    const advice = error.kind === 'absent' ? `\n${HOW_TO_START}` : '';
    throw new GeneratorError(error.message + advice, EXIT_USAGE);
  }
}
