import { anyId } from '@ad-analytics/any-text';
import fc from 'fast-check';
import { mentions, reasonMentions } from './mentions';

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
    ['a number in a cut record of another user', '{"user_id":"u-9","width":300,"hei', '300'],
    ['a word in a cut record of two other users', '[{"user_id":"u-9"},{"user_id":7,"user_agent":"x', 'x'],
    ['an empty record', '', 'u'],
  ])('does not confuse %s with the user', (_what, text, id) => {
    expect(mentions(bytes(text), id)).toBe(false);
  });

  it.each([
    ['under another name', '{"userId":"user-1"}', 'user-1'],
    ['inside a structure', '{"user_id":{"id":"user-1"}}', 'user-1'],
    ['as a number of any length', '{"user_id": 12345678901234567890}', '12345678901234567890'],
    ['in the first of two fields', '{"user_id":"user-1","user_id":"user-2"}', 'user-1'],
    ['in a cut record without the field', '{"user":"user-1","wid', 'user-1'],
    ['in a cut structure after another user', '{"user_id":"u-9","user_id":{"id":"user-1","wid', 'user-1'],
    ['in an escaped field after another user', '{"user_id":"u-9","user\\u005fid":"user-1","wid', 'user-1'],
    ['in a cut value after another user', '{"user_id":"u-9","user_id":"user-1', 'user-1'],
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

describe('reasonMentions', () => {
  const UNRECOGNIZED = "not valid JSON: Unrecognized token 'user_1': was expecting (JSON String, Number or 'null')";
  const empty = bytes('');

  it.each([
    'user_id: must be at most 128 characters long; width: must have a maximum value of 60',
    "event_time: 2026-11-23T10:02:05.000Z is more than 60 s after the record's arrival at 2026-11-23T10:00:00.000Z",
    "event_time: Invalid date 'FEBRUARY 30'",
    'user_id: missing; country: number found, string expected',
    "not valid JSON: Unexpected character ('}' (code 125)): was expecting double-quote to start field name",
    'not valid JSON: the record is not UTF-8 at byte 128',
  ])('does not confuse the words of the job with a user: %s', (reason) => {
    const words = reason.match(/[\w-]+/g) ?? [];
    expect(words.length).toBeGreaterThanOrEqual(5);
    expect(words.filter((word) => reasonMentions(reason, empty, word))).toEqual([]);
  });

  it('finds the user in a quoted token of the record only', () => {
    expect(reasonMentions(UNRECOGNIZED, empty, 'user_1')).toBe(true);
    expect(['JSON', 'token', 'null', 'user', 'valid'].filter((id) => reasonMentions(UNRECOGNIZED, empty, id))).toEqual(
      [],
    );
  });

  it('does not take a token for the user if the record names another user', () => {
    expect(reasonMentions(UNRECOGNIZED, bytes('{"user_id":"u-9","ext":'), 'user_1')).toBe(false);
  });
});
