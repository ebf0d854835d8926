import { commandsOf } from './tutorial';

describe('the commands of a page', () => {
  it('are the lines of its shell blocks, in order, and no others', () => {
    const page = 'Text `npm run a`\n\n```sh\nnpm run b -- --c\n\nd e\n```\n\n```sql\nSELECT 1\n```\n\n```sh\nf\n```\n';
    expect(commandsOf(page)).toEqual(['npm run b -- --c', 'd e', 'f']);
  });
});
