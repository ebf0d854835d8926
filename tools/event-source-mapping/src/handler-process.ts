import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { KinesisStreamEvent } from 'aws-lambda';
import { describeEnd } from '@ad-analytics/local-stack/managed-process';
import type { Invocation } from './process-batch';

const HOST = path.join(__dirname, 'handler-host.mjs');

/** What the function runs with. */
export interface HandlerSpec {
  /** The bundle; it exports `handler`. */
  readonly bundle: string;
  readonly functionName: string;
  readonly functionArn: string;
  /** All of its environment. */
  readonly env: NodeJS.ProcessEnv;
  /** Longest an invocation may take, the start of the process included, milliseconds; then it is killed. */
  readonly timeoutMs: number;
  /** File descriptor that takes what it prints. */
  readonly log: number;
}

interface HostMessage {
  readonly ready?: true;
  readonly response?: unknown;
  readonly error?: string;
}

/**
 * One execution environment of a function, as Lambda has them: it stays for the next invocation, and after a crash or a timeout the
 * next invocation gets a new one.
 */
export class HandlerProcess {
  private child: ChildProcess | undefined;

  /** @param spec see HandlerSpec; nothing is started before the first invocation */
  constructor(private readonly spec: HandlerSpec) {}

  /**
   * @param event what the function is called with
   * @returns how it ended; never rejects. One at a time
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
        // Without a listener a late error of the child would end this process.
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

  /** Ends the process; an invocation that runs fails by it. */
  close(): void {
    this.child?.kill('SIGKILL');
  }

  private start(): ChildProcess {
    const { bundle, env, log } = this.spec;
    // No loader or debugger of this process for that one.
    const child = fork(HOST, [bundle], { env, execArgv: [], stdio: ['ignore', log, log, 'ipc'] });
    this.child = child;
    return child;
  }
}
