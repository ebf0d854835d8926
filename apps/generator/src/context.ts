import type { Interrupts } from './interrupts';
import type { ProgressOutput } from './progress-line';

/** The environment of a command: the process that runs it. */
export interface CommandContext {
  /** Folder of the project. */
  readonly root: string;
  /** Relative paths in options start here. */
  readonly cwd: string;
  readonly interrupts: Interrupts;
  /** Progress and remarks. */
  readonly output: ProgressOutput;
  /** The summary. */
  readonly say: (text: string) => void;
  /** Called with the outcome of the run. */
  readonly exit: (code: number) => void;
}
