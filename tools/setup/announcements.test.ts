import { announced, firstRunText } from './announcements.cjs';
import { StepError } from './step.cjs';

describe('the first run', () => {
  it('is announced with how much it installs and how long that takes', () => {
    expect(firstRunText({ setUpSeconds: 61, processors: 4 })).toMatch(
      /GB[^]*about 2 minutes on 4 cores[^]*\.run.setup\.$/,
    );
  });
});

describe('a download', () => {
  it('is announced with its size and source, and a failed one says how to install the tool by hand', async () => {
    const said = jest.spyOn(console, 'error').mockImplementation(() => {});
    const failing = announced('jdk', ['apt: sudo apt install a-jdk'], () => Promise.reject(new StepError('No route.')));
    await expect(failing).rejects.toThrow(
      /No route\.\nWhere it cannot be downloaded, install it yourself.*\n {2}-> apt: sudo apt install a-jdk/,
    );
    expect(said.mock.calls.flat().join('\n')).toMatch(
      /does not have a JDK that fits: downloading 17.* MB, from github\.com/,
    );
    said.mockRestore();
  });
});
