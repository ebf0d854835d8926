import fc from 'fast-check';
import { shiftEventTime } from './shift-event-time';

const shift = (text: string, byMs: number) => shiftEventTime(Buffer.from(text), byMs).toString();

describe('shiftEventTime', () => {
  it('moves the time and leaves the spelling of the rest', () => {
    expect(shift('{ "z":1.0, "event_time" : "2026-11-23T23:59:59.900Z","user_id":"\\u0061é"}', 200)).toBe(
      '{ "z":1.0, "event_time" : "2026-11-24T00:00:00.100Z","user_id":"\\u0061é"}',
    );
  });

  it.each([
    'not json',
    '{"event_time":"yesterday"}',
    '{"event_time":7}',
    '{"event_time":"2026-02-30T10:00:00.000Z"}',
    '{"event_time":"2026-11-23T10:00:00.000Z","x":{"event_time":"2026-11-23T10:00:00.000Z"}}',
    '{"event_time":"9999-12-31T23:59:59.999Z"}',
    '',
  ])('leaves %j as it is', (text) => expect(shift(text, 1)).toBe(text));

  it('changes nothing but the time, bytes that are no text included, and back again', () => {
    const noise = fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes));
    const time = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(noise, noise, time, fc.integer({ min: -1e9, max: 1e9 }), (before, after, date, byMs) => {
        const line = (at: number) =>
          Buffer.concat([before, Buffer.from(`"event_time":"${new Date(at).toISOString()}"`), after]);
        fc.pre(date.getTime() + byMs >= 0);
        const shifted = shiftEventTime(line(date.getTime()), byMs);
        expect(shifted).toEqual(line(date.getTime() + byMs));
        expect(shiftEventTime(shifted, -byMs)).toEqual(line(date.getTime()));
      }),
    );
  });
});
