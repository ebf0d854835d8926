import { type ManagedProcess, type ProcessSpec, startProcess } from './managed-process';
import { Watchdog } from './watchdog';

/** The processes of one run: started in order, watched together, stopped in the opposite order. */
export class Parts {
  private stopped = false;
  private readonly started: ManagedProcess[] = [];
  private readonly watchdog = Watchdog.start();
  private rejectFailed!: (error: unknown) => void;

  /** Rejects with a PartFailedError as soon as a permanent part ends unexpectedly; otherwise stays pending. */
  readonly failed: Promise<never> = new Promise((_, reject) => {
    this.rejectFailed = reject;
  });

  constructor() {
    this.failed.catch(() => {});
  }

  /** Starts a part that must run as long as the stack. */
  start(spec: ProcessSpec): ManagedProcess {
    const child = this.startEnding(spec);
    child.failed.catch(this.rejectFailed);
    return child;
  }

  /** Starts a part that is expected to end; the caller must check its outcome. */
  startEnding(spec: ProcessSpec): ManagedProcess {
    if (this.stopped) throw new Error(`${spec.name} is not started: the run is being stopped`);
    const child = startProcess(spec, this.watchdog);
    this.started.push(child);
    return child;
  }

  /** @param file JSON file to remove when this process dies, if its "pid" is that of this process */
  guardFile(file: string): void {
    this.watchdog.guardFile(file);
  }

  /** Stops all running parts, the last started first. Safe to call twice. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const child of this.started.splice(0).reverse()) await child.stop();
    this.watchdog.close();
  }
}
