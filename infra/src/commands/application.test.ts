import { StartApplicationCommand, StopApplicationCommand } from '@aws-sdk/client-kinesis-analytics-v2';
import { Application, ApplicationError, type ApplicationService } from './application';

/** A service whose application goes through these states, one at each look; the last one stays. */
function service(...states: string[]) {
  const sent: unknown[] = [];
  let looked = 0;
  const send = async (command: { input: unknown }) => {
    if (command instanceof StartApplicationCommand || command instanceof StopApplicationCommand) {
      sent.push(command.input);
      return {};
    }
    const ApplicationStatus = states[Math.min(looked, states.length - 1)];
    looked += 1;
    return { ApplicationDetail: { ApplicationStatus } };
  };
  const said: string[] = [];
  const client = { send } as unknown as ApplicationService;
  return { sent, said, application: new Application(client, 'job', (line) => said.push(line), 0) };
}

describe('Application', () => {
  it('starts from the latest snapshot, with all of its state, and waits', async () => {
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

  it('says where to look when it ends instead of running', async () => {
    const { application } = service('READY', 'STARTING', 'READY');
    await expect(application.start()).rejects.toThrow(
      /job is READY instead of RUNNING; .*\/aws\/kinesis-analytics\/job/,
    );
  });

  it.each([
    ['starts', 'start', 'RUNNING'],
    ['stops', 'stop', 'READY'],
  ] as const)('%s nothing that is so already', async (_, command, state) => {
    const { sent, application } = service(state);
    await application[command]();
    expect(sent).toEqual([]);
  });

  it('waits for a start that is under way', async () => {
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
  ] as const)('refuses to %s one that is %s', async (command, state) => {
    await expect(service(state).application[command]()).rejects.toThrow(ApplicationError);
  });
});
