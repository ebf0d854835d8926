import {
  StartApplicationCommand,
  StopApplicationCommand,
  UpdateApplicationCommand,
} from '@aws-sdk/client-kinesis-analytics-v2';
import { Application, ApplicationError, type ApplicationService } from './application';

const VERSION = 7;

/** A service whose application returns these states, one per call, then the last one. It has system rollback. */
function service(...states: string[]) {
  return serviceWith(true, ...states);
}

function serviceWith(rollback: boolean | undefined, ...states: string[]) {
  const sent: unknown[] = [];
  let looked = 0;
  const send = async (command: { input: unknown }) => {
    if (
      command instanceof StartApplicationCommand ||
      command instanceof StopApplicationCommand ||
      command instanceof UpdateApplicationCommand
    ) {
      sent.push(command.input);
      return {};
    }
    const ApplicationStatus = states[Math.min(looked, states.length - 1)];
    looked += 1;
    const ApplicationConfigurationDescription =
      rollback === undefined
        ? {}
        : { ApplicationSystemRollbackConfigurationDescription: { RollbackEnabled: rollback } };
    return {
      ApplicationDetail: { ApplicationStatus, ApplicationVersionId: VERSION, ApplicationConfigurationDescription },
    };
  };
  const said: string[] = [];
  const client = { send } as unknown as ApplicationService;
  return { sent, said, application: new Application(client, 'job', (line) => said.push(line), 0) };
}

describe('Application', () => {
  it('starts from the latest snapshot with all state, and waits', async () => {
    const { sent, said, application } = service('READY', 'STARTING', 'STARTING', 'RUNNING');
    await application.start();
    expect(sent).toEqual([
      {
        ApplicationName: 'job',
        RunConfiguration: {
          ApplicationRestoreConfiguration: { ApplicationRestoreType: 'RESTORE_FROM_LATEST_SNAPSHOT' },
          FlinkRunConfiguration: { AllowNonRestoredState: false },
        },
      },
    ]);
    expect(said.at(-1)).toBe('job is RUNNING.');
  });

  it('names the logs when it ends instead of running', async () => {
    const { application } = service('READY', 'STARTING', 'READY');
    await expect(application.start()).rejects.toThrow(
      /job is READY instead of RUNNING; .*\/aws\/kinesis-analytics\/job/,
    );
  });

  it.each([
    ['starts', 'start', 'RUNNING'],
    ['stops', 'stop', 'READY'],
  ] as const)('%s does nothing in the target state', async (_, command, state) => {
    const { sent, application } = service(state);
    await application[command]();
    expect(sent).toEqual([]);
  });

  it('waits for a start in progress', async () => {
    const { sent, application } = service('STARTING', 'STARTING', 'RUNNING');
    await application.start();
    expect(sent).toEqual([]);
  });

  it('stops with a snapshot', async () => {
    const { sent, application } = service('RUNNING', 'STOPPING', 'READY');
    await application.stop();
    expect(sent).toEqual([{ ApplicationName: 'job', Force: false }]);
  });

  it.each([
    ['start', 'UPDATING'],
    ['stop', 'STARTING'],
  ] as const)('refuses to %s an application that is %s', async (command, state) => {
    await expect(service(state).application[command]()).rejects.toThrow(ApplicationError);
  });

  it.each(['STARTING', 'UPDATING', 'STOPPING', 'AUTOSCALING', 'RUNNING'])(
    'stops an application that is %s by force, without a snapshot',
    async (state) => {
      const { sent, said, application } = service(state, 'FORCE_STOPPING', 'READY');
      await application.stop(true);
      expect(sent).toEqual([{ ApplicationName: 'job', Force: true }]);
      expect(said.at(-1)).toBe('job is READY.');
    },
  );

  it.each(['ROLLING_BACK', 'MAINTENANCE', 'DELETING'])(
    'does not force an application that is %s, and names the runbook',
    async (state) => {
      const { sent, application } = service(state);
      await expect(application.stop(true)).rejects.toThrow(
        /by force when it is STARTING.*docs\/runbooks\/roll-back\.md/,
      );
      expect(sent).toEqual([]);
    },
  );

  it.each([false, undefined])('switches system rollback on before a start if it is %s', async (rollback) => {
    const { sent, application } = serviceWith(rollback, 'READY', 'READY', 'UPDATING', 'READY', 'STARTING', 'RUNNING');
    await application.start();
    expect(sent).toEqual([
      {
        ApplicationName: 'job',
        CurrentApplicationVersionId: VERSION,
        ApplicationConfigurationUpdate: {
          ApplicationSystemRollbackConfigurationUpdate: { RollbackEnabledUpdate: true },
        },
      },
      expect.objectContaining({ RunConfiguration: expect.anything() }),
    ]);
  });

  it('does not restart a running job to switch system rollback on, and says how to do it', async () => {
    const { sent, said, application } = serviceWith(false, 'RUNNING');
    await application.enableSystemRollback();
    expect(sent).toEqual([]);
    expect(said).toEqual([expect.stringContaining('the next infra:start after an infra:stop switches it on')]);
  });
});
