import { type ManagedProcess, type ProcessSpec, startProcess } from './managed-process';
import { Watchdog } from './watchdog';

/** The processes of one run: started in order, watched as one, stopped in the opposite order. */
export class Parts {
  private stopped = false;
  private readonly started: ManagedProcess[] = [];
  private readonly watchdog = Watchdog.start();
  private rejectFailed!: (error: unknown) => void;

  /** Rejects with a PartFailedError as soon as any lasting part ends by itself; otherwise stays pending. */
  readonly failed: Promise<never> = new Promise((_, reject) => {
    this.rejectFailed = reject;
  });

  constructor() {
    this.failed.catch(() => {});
  }

  /** Starts a part that has to live as long as the stack does. */
  start(spec: ProcessSpec): ManagedProcess {
    const child = this.startEnding(spec);
    child.failed.catch(this.rejectFailed);
    return child;
  }

  /** Starts a part that is expected to end; its outcome is the caller's to look at. */
  startEnding(spec: ProcessSpec): ManagedProcess {
    if (this.stopped) throw new Error(`${spec.name} is not started: the run is being stopped`);
    const child = startProcess(spec, this.watchdog);
    this.started.push(child);
    return child;
  }

  /** @param file JSON file to remove when this process dies, if its "pid" is ours */
  guardFile(file: string): void {
    this.watchdog.guardFile(file);
  }

  /** Stops what still runs, the last started first. Safe to call twice. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const child of this.started.splice(0).reverse()) await child.stop();
    this.watchdog.close();
  }
}
