import { rootCause } from './root-cause';

describe('rootCause', () => {
  it('is the innermost cause', () => {
    const trace =
      'java.lang.Exception: outer\n\tat a.B\nCaused by: x.Y: middle\n\tat c.D\nCaused by: x.Z: it was this\n\t... 3 more';
    expect(rootCause(trace)).toBe('x.Z: it was this');
  });

  it('is the exception itself if it has no cause', () => expect(rootCause('x.Y: alone\n\tat a.B')).toBe('x.Y: alone'));
});
