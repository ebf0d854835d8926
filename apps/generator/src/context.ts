import type { Interrupts } from './interrupts';
import type { ProgressOutput } from './progress-line';

/** What a command needs of the process it runs in. */
export interface CommandContext {
  /** Folder of the project. */
  readonly root: string;
  /** Relative paths of options are meant from here. */
  readonly cwd: string;
  readonly interrupts: Interrupts;
  /** Progress and remarks. */
  readonly output: ProgressOutput;
  /** The summary. */
  readonly say: (text: string) => void;
  /** Told how the run ended. */
  readonly exit: (code: number) => void;
}
