import { setTimeout as sleep } from 'node:timers/promises';
import type { KinesisAnalyticsV2Client } from '@aws-sdk/client-kinesis-analytics-v2';
import {
  DescribeApplicationCommand,
  StartApplicationCommand,
  StopApplicationCommand,
} from '@aws-sdk/client-kinesis-analytics-v2';

const POLL_MS = 5_000;

/** The application is in a state that it cannot be started or stopped in, or did not get there. */
export class ApplicationError extends Error {
  override readonly name = 'ApplicationError';
}

/** What is asked of the service; the SDK's client, or what stands for it. */
export type ApplicationService = Pick<KinesisAnalyticsV2Client, 'send'>;

/** The deployed Flink application, as an operator handles it. */
export class Application {
  /**
   * @param service client of Managed Service for Apache Flink
   * @param name of the application
   * @param say told each step
   * @param pollMs how often to look at it
   */
  constructor(
    private readonly service: ApplicationService,
    private readonly name: string,
    private readonly say: (line: string) => void,
    private readonly pollMs = POLL_MS,
  ) {}

  /** @returns its state, such as `READY` (stopped) or `RUNNING` */
  async status(): Promise<string> {
    const { ApplicationDetail: detail } = await this.service.send(
      new DescribeApplicationCommand({ ApplicationName: this.name }),
    );
    return detail?.ApplicationStatus ?? 'unknown';
  }

  /**
   * Starts it from its latest snapshot, or without state where there is none, and waits until it runs. Does nothing where it runs already.
   * @throws {ApplicationError} when it cannot be started, or ends instead of running
   */
  async start(): Promise<void> {
    const status = await this.status();
    if (status === 'RUNNING') {
      this.say(`${this.name} runs already.`);
      return;
    }
    if (status === 'STARTING') {
      this.say(`${this.name} is starting already.`);
    } else {
      if (status !== 'READY')
        throw new ApplicationError(`${this.name} is ${status}: it can be started when it is READY.`);
      this.say(`Starting ${this.name} from its latest snapshot, if it has one`);
      await this.service.send(
        new StartApplicationCommand({
          ApplicationName: this.name,
          RunConfiguration: {
            // Where there is no snapshot yet, the service starts it without state.
            ApplicationRestoreConfiguration: { ApplicationRestoreType: 'RESTORE_FROM_LATEST_SNAPSHOT' },
            FlinkRunConfiguration: { AllowNonRestoredState: false },
          },
        }),
      );
    }
    await this.becomes('RUNNING', 'STARTING');
  }

  /**
   * Stops it with a snapshot, and waits until it is stopped.
   * @throws {ApplicationError} when it cannot be stopped in good order
   */
  async stop(): Promise<void> {
    const status = await this.status();
    if (status === 'READY') {
      this.say(`${this.name} is stopped already.`);
      return;
    }
    if (status !== 'STOPPING') {
      if (status !== 'RUNNING')
        throw new ApplicationError(`${this.name} is ${status}: it can be stopped when it is RUNNING.`);
      this.say(`Stopping ${this.name} with a snapshot`);
      await this.service.send(new StopApplicationCommand({ ApplicationName: this.name, Force: false }));
    }
    await this.becomes('READY', 'STOPPING');
  }

  private async becomes(wanted: string, meanwhile: string): Promise<void> {
    let status = await this.status();
    while (status === meanwhile) {
      await sleep(this.pollMs);
      status = await this.status();
    }
    if (status !== wanted) {
      throw new ApplicationError(
        `${this.name} is ${status} instead of ${wanted}; its logs say why: /aws/kinesis-analytics/${this.name}`,
      );
    }
    this.say(`${this.name} is ${status}.`);
  }
}
