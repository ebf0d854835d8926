import { anyId } from '@ad-analytics/any-text';
import fc from 'fast-check';
import { mentions } from './mentions';

const bytes = (text: string) => Buffer.from(text);
const click = (userId: unknown) => ({
  click_id: 'k',
  user_id: userId,
  country: 'US',
  campaign_id: 'c-1',
  extra: { list: [1] },
});

describe('mentions', () => {
  it('finds any user in the JSON of an event, even with escapes, and even if the JSON is cut off after the id', () => {
    fc.assert(
      fc.property(anyId, (id) => {
        const text = JSON.stringify(click(id));
        expect(mentions(bytes(text), id)).toBe(true);
        const ascii = text.replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
        expect(mentions(bytes(ascii), id)).toBe(true);
        expect(mentions(bytes(text.slice(0, text.indexOf(',"country"'))), id)).toBe(true);
      }),
    );
  });

  it('does not confuse another user with this one', () => {
    fc.assert(
      fc.property(anyId, anyId, (id, other) => {
        fc.pre(id !== other && !['k', 'US', 'c-1'].includes(id));
        expect(mentions(bytes(JSON.stringify(click(other))), id)).toBe(false);
      }),
    );
  });

  it.each([
    ['a longer id', JSON.stringify(click('user-12')), 'user-1'],
    ['a longer id in a cut record', '{"user_id":"user-12","cl', 'user-1'],
    ['a country', JSON.stringify(click('u')), 'US'],
    ['a campaign', JSON.stringify(click('u')), 'c-1'],
    ['a number in another field', '{"width":300,"user_id":"u"}', '300'],
    ['an empty record', '', 'u'],
  ])('does not confuse %s with the user', (_what, text, id) => {
    expect(mentions(bytes(text), id)).toBe(false);
  });

  it.each([
    ['under another name', '{"userId":"user-1"}', 'user-1'],
    ['inside a structure', '{"user_id":{"id":"user-1"}}', 'user-1'],
    ['as a number of any length', '{"user_id": 12345678901234567890}', '12345678901234567890'],
    ['in the first of two fields', '{"user_id":"user-1","user_id":"user-2"}', 'user-1'],
    ['in a list of events', '[{"user_id":"user-1"}]', 'user-1'],
    ['in a line of text', 'click by user-1, no JSON', 'user-1'],
    ['between bytes that are not text', '\u0000\u0012user-1\u001a', 'user-1'],
  ])('finds the user %s', (_where, text, id) => {
    expect(mentions(bytes(text), id)).toBe(true);
  });

  it('finds the user in JSON nested deeper than the call stack', () => {
    const deep = `${'['.repeat(20_000)}"user-1"${']'.repeat(20_000)}`;
    expect(mentions(bytes(deep), 'user-1')).toBe(true);
  });
});
