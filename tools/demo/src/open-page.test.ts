import { openPage, pageOpener } from './open-page';

describe('pageOpener', () => {
  it.each([
    ['darwin', {}, true, 'open'],
    ['linux', { DISPLAY: ':0' }, true, 'xdg-open'],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true, 'xdg-open'],
    ['linux', {}, true, undefined],
    ['linux', { DISPLAY: '' }, true, undefined],
    ['linux', { DISPLAY: ':0' }, false, undefined],
    ['linux', { DISPLAY: ':0', CI: 'true' }, true, undefined],
    ['darwin', { CI: '1' }, true, undefined],
  ] as const)('on %s with %j, terminal: %s, is %s', (platform, env, isTTY, opener) => {
    expect(pageOpener({ platform, env, isTTY })).toBe(opener);
  });
});

it('ignores a missing program', async () => {
  openPage('no-such-opener', 'http://127.0.0.1:1/');
  await new Promise((resolve) => setTimeout(resolve, 100));
});
