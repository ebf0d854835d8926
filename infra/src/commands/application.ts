import { setTimeout as sleep } from 'node:timers/promises';
import type { KinesisAnalyticsV2Client } from '@aws-sdk/client-kinesis-analytics-v2';
import {
  DescribeApplicationCommand,
  StartApplicationCommand,
  StopApplicationCommand,
  UpdateApplicationCommand,
  type ApplicationDetail,
} from '@aws-sdk/client-kinesis-analytics-v2';

const POLL_MS = 5_000;

/** States in which the service allows a forced stop (API reference of StopApplication). */
const CAN_BE_FORCED = ['STARTING', 'UPDATING', 'STOPPING', 'AUTOSCALING', 'RUNNING'];

/** The runbook for each state. */
const RUNBOOK = 'docs/runbooks/roll-back.md';

/** The application cannot be started or stopped in its state, or did not reach the wanted state. */
export class ApplicationError extends Error {
  override readonly name = 'ApplicationError';
}

/** The part of the SDK's client that is used; tests replace it. */
export type ApplicationService = Pick<KinesisAnalyticsV2Client, 'send'>;

/** Starts and stops the deployed Flink application. */
export class Application {
  /**
   * @param service client of Managed Service for Apache Flink
   * @param name of the application
   * @param say called with each step
   * @param pollMs interval between two requests for its state, in milliseconds
   */
  constructor(
    private readonly service: ApplicationService,
    private readonly name: string,
    private readonly say: (line: string) => void,
    private readonly pollMs = POLL_MS,
  ) {}

  private async describe(): Promise<ApplicationDetail | undefined> {
    const { ApplicationDetail: detail } = await this.service.send(
      new DescribeApplicationCommand({ ApplicationName: this.name }),
    );
    return detail;
  }

  /** @returns its state, such as `READY` (stopped) or `RUNNING` */
  async status(): Promise<string> {
    return (await this.describe())?.ApplicationStatus ?? 'unknown';
  }

  /**
   * Switches system rollback on: if an update does not start, the service then restores the former version by itself. Terraform's provider
   * has no argument for this. Only a stopped application is changed, because the service restarts a running application for any update.
   */
  async enableSystemRollback(): Promise<void> {
    const detail = await this.describe();
    const rollback = detail?.ApplicationConfigurationDescription?.ApplicationSystemRollbackConfigurationDescription;
    if (rollback?.RollbackEnabled === true) return;
    if (detail?.ApplicationStatus !== 'READY') {
      this.say(
        `${this.name} does not have system rollback yet: the next infra:start after an infra:stop switches it on. See ${RUNBOOK}`,
      );
      return;
    }
    this.say(`Switching system rollback of ${this.name} on`);
    await this.service.send(
      new UpdateApplicationCommand({
        ApplicationName: this.name,
        CurrentApplicationVersionId: detail.ApplicationVersionId,
        ApplicationConfigurationUpdate: {
          ApplicationSystemRollbackConfigurationUpdate: { RollbackEnabledUpdate: true },
        },
      }),
    );
    await this.becomes('READY', 'UPDATING');
  }

  /**
   * Starts it from its latest snapshot, or without state if it has no snapshot, and waits until it runs. Does nothing if it runs already.
   * Before the start, it switches system rollback on if it is off.
   * @throws {ApplicationError} when it cannot be started, or ends instead of running
   */
  async start(): Promise<void> {
    const status = await this.status();
    if (status === 'RUNNING') {
      this.say(`${this.name} is already running.`);
      return;
    }
    if (status === 'STARTING') {
      this.say(`${this.name} is already starting.`);
    } else {
      if (status !== 'READY')
        throw new ApplicationError(
          `${this.name} is ${status}: you can start it when it is READY. What to do: ${RUNBOOK}`,
        );
      await this.enableSystemRollback();
      this.say(`Starting ${this.name} from its latest snapshot, if a snapshot exists`);
      await this.service.send(
        new StartApplicationCommand({
          ApplicationName: this.name,
          RunConfiguration: {
            // Without a snapshot, the service starts it without state.
            ApplicationRestoreConfiguration: { ApplicationRestoreType: 'RESTORE_FROM_LATEST_SNAPSHOT' },
            FlinkRunConfiguration: { AllowNonRestoredState: false },
          },
        }),
      );
    }
    await this.becomes('RUNNING', 'STARTING');
  }

  /**
   * Stops it, and waits until it is stopped.
   * @param force stops it without a snapshot, in any state that the service can end: the next start continues from the
   *   latest snapshot
   * @throws {ApplicationError} when it cannot be stopped
   */
  async stop(force = false): Promise<void> {
    const status = await this.status();
    if (status === 'READY') {
      this.say(`${this.name} is already stopped.`);
      return;
    }
    const ending = status === 'FORCE_STOPPING' || (status === 'STOPPING' && !force);
    if (!ending) {
      const states = force ? CAN_BE_FORCED : ['RUNNING'];
      if (!states.includes(status)) {
        throw new ApplicationError(
          `${this.name} is ${status}: it can be stopped ${force ? 'by force ' : ''}when it is ${states.join(', ')}. What to do: ${RUNBOOK}`,
        );
      }
      this.say(
        force
          ? `Stopping ${this.name} by force, without a snapshot: the next start continues from the latest existing snapshot`
          : `Stopping ${this.name} with a snapshot`,
      );
      await this.service.send(new StopApplicationCommand({ ApplicationName: this.name, Force: force }));
    }
    await this.becomes('READY', 'STOPPING', 'FORCE_STOPPING');
  }

  private async becomes(wanted: string, ...meanwhile: readonly string[]): Promise<void> {
    let status = await this.status();
    while (meanwhile.includes(status)) {
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
