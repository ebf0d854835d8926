import fc from 'fast-check';
import { shiftEventTime } from './shift-event-time';

const shift = (text: string, byMs: number, latest?: number) =>
  shiftEventTime(Buffer.from(text), byMs, latest).line.toString();
const TIME = '2026-11-23T10:00:00.000Z';
const MOVED = '2026-11-23T10:00:00.001Z';

describe('shiftEventTime', () => {
  it('shifts the time and does not change any other byte', () => {
    expect(shift('{ "z":1.0, "event_time" : "2026-11-23T23:59:59.900Z","user_id":"\\u0061é"}', 200)).toBe(
      '{ "z":1.0, "event_time" : "2026-11-24T00:00:00.100Z","user_id":"\\u0061é"}',
    );
  });

  it.each([
    ['a nested object repeats it', `{"event_time":"${TIME}","x":{"event_time":"${TIME}"}}`, 0],
    ['a nested object has it first', `{"x":[{"event_time":"${TIME}"}],"event_time":"${TIME}"}`, 1],
    ['a text looks like it', `{"note":"\\"event_time\\":\\"x\\"","event_time":"${TIME}"}`, 0],
    ['another field has its name as a value', `{"note":"event_time","event_time":"${TIME}"}`, 0],
    ['it is repeated: the last one counts', `{"event_time":"${TIME}","event_time":"${TIME}"}`, 1],
    ['its name is escaped', `{"event\\u005ftime":"${TIME}"}`, 0],
  ])('shifts the top-level time of an event if %s', (_, text, place) => {
    const parts = text.split(TIME);
    const expected = parts.reduce((all, part, i) => `${all}${i - 1 === place ? MOVED : TIME}${part}`);
    expect(shift(text, 1)).toBe(expected);
  });

  it('reads an escaped time', () => {
    expect(shift('{"event_time":"2026-11-23T10:00:00.000\\u005a"}', 1)).toBe(`{"event_time":"${MOVED}"}`);
  });

  it.each([
    'not json',
    '{"event_time":"yesterday"}',
    '{"event_time":7}',
    '{"event_time":"2026-02-30T10:00:00.000Z"}',
    `{"event_time":"${TIME}","event_time":7}`,
    `{"x":{"event_time":"${TIME}"}}`,
    `[{"event_time":"${TIME}"}]`,
    '{"event_time":"9999-12-31T23:59:59.999Z"}',
    '{"event_time":',
    '',
  ])('does not change %j', (text) => expect(shift(text, 1)).toBe(text));

  it('writes the latest allowed time if the shifted one would be later, and reports it', () => {
    const latest = Date.parse(TIME);
    const line = Buffer.from(`{"event_time":"${MOVED}"}`);
    const { line: found, heldBack } = shiftEventTime(line, 60_000, latest + 0.5);
    expect([found.toString(), heldBack]).toEqual([`{"event_time":"${TIME}"}`, true]);
    expect(shiftEventTime(line, -1, latest).heldBack).toBe(false);
  });

  it('changes only the time, even with bytes that are not text, and is reversible', () => {
    const noise = fc.uint8Array({ maxLength: 30 }).map((bytes) =>
      // A quote, a bracket or a backslash would change the position of the field.
      Buffer.from(bytes.filter((byte) => !'"\\{}[]'.includes(String.fromCharCode(byte)))),
    );
    const time = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(noise, noise, time, fc.integer({ min: -1e9, max: 1e9 }), (before, after, date, byMs) => {
        const line = (at: number) =>
          Buffer.concat([
            Buffer.from('{"a":"'),
            before,
            Buffer.from(`","event_time":"${new Date(at).toISOString()}","z":"`),
            after,
            Buffer.from('"}'),
          ]);
        fc.pre(date.getTime() + byMs >= 0);
        const shifted = shiftEventTime(line(date.getTime()), byMs).line;
        expect(shifted).toEqual(line(date.getTime() + byMs));
        expect(shiftEventTime(shifted, -byMs).line).toEqual(line(date.getTime()));
      }),
    );
  });

  it('shifts the same event time that a JSON parser finds, whatever else the event contains', () => {
    const key = fc.constantFrom('event_time', 'a', 'b"', 'c\\', '{');
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        fc.constantFrom<unknown>(TIME, '', 1, null, '}', '"event_time":"', '\\'),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 3 }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(key, tree, { maxKeys: 4 }), (rest) => {
        const event = { ...rest, event_time: TIME };
        expect(JSON.parse(shift(JSON.stringify(event), 1))).toEqual({ ...event, event_time: MOVED });
      }),
    );
  });
});
