import { checkNode, examine, healthy, installHints, report } from './doctor.cjs';

const commands = { apt: 'apt x', dnf: 'dnf x', brew: 'brew x', winget: 'winget x' };

describe('installHints', () => {
  it.each([
    ['linux', ['apt: apt x', 'dnf: dnf x']],
    ['darwin', ['brew: brew x']],
    ['win32', ['winget: winget x']],
  ] as const)('names the package managers of %s', (platform, hints) => {
    expect(installHints(commands, platform)).toEqual(hints);
  });

  it('names all of them on another system', () => {
    expect(installHints(commands, 'freebsd')).toHaveLength(4);
  });
});

describe('report', () => {
  it('puts what to do under what is missing', () => {
    const text = report([
      { name: 'Node', status: 'ok', detail: '22.1.0', help: [] },
      { name: 'JDK', status: 'missing', detail: 'none found', help: ['apt: install it'] },
    ]);
    expect(text.split('\n').map((line) => line.trim())).toEqual([
      'ok       Node    22.1.0',
      'MISSING  JDK     none found',
      '-> apt: install it',
    ]);
  });
});

describe('examine', () => {
  it('tells of the Node that runs it', () => {
    const node = examine().find(({ name }) => name === 'Node');
    expect(node).toMatchObject({ status: 'ok', detail: expect.stringContaining(process.versions.node) });
  });
});

describe('healthy', () => {
  const check = (status: 'ok' | 'warning' | 'missing') => ({ name: 'x', status, detail: '', help: [] });

  it('lets warnings pass', () => expect(healthy([check('ok'), check('warning')])).toBe(true));
  it('does not let a missing tool pass', () => expect(healthy([check('ok'), check('missing')])).toBe(false));
});

describe('checkNode', () => {
  it('names the Node that the set-up brings, where this is another', () => {
    expect(checkNode('20.20.2', '22.23.2')).toMatchObject({
      status: 'ok',
      detail: expect.stringMatching(/^22\.23\.2, brought by the set-up; this is 20/),
    });
    expect(checkNode('22.23.2', '22.23.2')).toMatchObject({
      status: 'ok',
      detail: expect.stringMatching(/^22\.23\.2 \(/),
    });
  });

  it('takes a newer one where the set-up has none for the machine, and says that an older one does not do', () => {
    expect(checkNode('24.1.0', undefined)).toMatchObject({ status: 'ok' });
    expect(checkNode('20.20.2', undefined)).toMatchObject({
      status: 'missing',
      help: [expect.stringContaining('nvm install 22')],
    });
  });
});
