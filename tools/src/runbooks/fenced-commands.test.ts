import { fencedCommands, shellWords } from './fenced-commands';

describe('shellWords', () => {
  it.each([
    ['a  b', ['a', 'b']],
    [`a 'b "c" d' e`, ['a', 'b "c" d', 'e']],
    ['a "b c"', ['a', 'b c']],
    ['a "$(b -c "d e")" f', ['a', '$(b -c "d e")', 'f']],
    ['a "$(($(date +%s) - 1))000"', ['a', '$(($(date +%s) - 1))000']],
  ])('%s', (command, words) => expect(shellWords(command)).toEqual(words));
});

describe('fencedCommands', () => {
  it('takes commands of fences only, and those inside others', () => {
    const text =
      'aws not this\n```\naws sqs x --queue-url "$(aws sqs get-queue-url --queue-name q)"\n\n```\nalso not this';
    expect(fencedCommands('p', text).map(({ line, words }) => [line, words[2]])).toEqual([
      [3, 'x'],
      [3, 'get-queue-url'],
    ]);
  });
});
