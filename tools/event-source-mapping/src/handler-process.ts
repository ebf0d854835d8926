import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { KinesisStreamEvent } from 'aws-lambda';
import { describeEnd } from '@ad-analytics/local-stack/managed-process';
import type { Invocation } from './process-batch';

const HOST = path.join(__dirname, 'handler-host.mjs');

/** Configuration of the function. */
export interface HandlerSpec {
  /** The bundle; it exports `handler`. */
  readonly bundle: string;
  readonly functionName: string;
  readonly functionArn: string;
  /** All of its environment variables. */
  readonly env: NodeJS.ProcessEnv;
  /** Maximum duration of an invocation in milliseconds, including the start of the process; then it is killed. */
  readonly timeoutMs: number;
  /** File descriptor for its output. */
  readonly log: number;
}

interface HostMessage {
  readonly ready?: true;
  readonly response?: unknown;
  readonly error?: string;
}

/**
 * One execution environment of a function, like in Lambda: it is reused for the next invocation, and replaced after a crash or a timeout.
 */
export class HandlerProcess {
  private child: ChildProcess | undefined;

  /** @param spec see HandlerSpec; the process is started at the first invocation */
  constructor(private readonly spec: HandlerSpec) {}

  /**
   * @param event for the function
   * @returns how the invocation ended; never rejects. Only one invocation at a time
   */
  invoke(event: KinesisStreamEvent): Promise<Invocation> {
    const { functionName, functionArn, timeoutMs } = this.spec;
    const context = {
      functionName,
      invokedFunctionArn: functionArn,
      functionVersion: '$LATEST',
      memoryLimitInMB: '256',
      awsRequestId: randomUUID(),
      timeoutMs,
    };
    const reused = this.child;
    const child = reused ?? this.start();
    return new Promise((resolve) => {
      const finish = (invocation: Invocation) => {
        clearTimeout(timer);
        child.removeAllListeners();
        // Without a listener, a late error of the child would end this process.
        child.on('error', () => {});
        resolve(invocation);
      };
      const fail = (error: string) => {
        this.child = undefined;
        finish({ kind: 'failed', error });
      };
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        fail(`the function did not respond within ${timeoutMs / 1_000} s`);
      }, timeoutMs);
      const send = () =>
        child.send({ event, context }, (error) => error && fail(`the function has ended: ${error.message}`));
      child.on('error', (error) => fail(`the function cannot run: ${error.message}`));
      child.on('exit', (code, signal) => fail(`the function ${describeEnd({ code, signal })} in mid-batch`));
      child.on('message', (message: HostMessage) => {
        if (message.ready) send();
        else if (message.error !== undefined) finish({ kind: 'failed', error: message.error });
        else finish({ kind: 'answered', response: message.response });
      });
      if (reused !== undefined) send();
    });
  }

  /** Ends the process; a running invocation fails. */
  close(): void {
    this.child?.kill('SIGKILL');
  }

  private start(): ChildProcess {
    const { bundle, env, log } = this.spec;
    // The child does not inherit loaders or debuggers of this process.
    const child = fork(HOST, [bundle], { env, execArgv: [], stdio: ['ignore', log, log, 'ipc'] });
    this.child = child;
    return child;
  }
}
