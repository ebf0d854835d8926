import fc from 'fast-check';
import { RecentEntries } from './recent-entries';

interface Entry {
  readonly id: string;
  readonly time: number;
  readonly value: object;
}

it('holds the entries that were added since the first one that is recent, the last of each id', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd');
  const time = fc.nat(20);
  const step = fc.oneof(
    fc.record({ action: fc.constant('set'), id, time }),
    fc.record({ action: fc.constant('delete'), id, time }),
    fc.record({ action: fc.constant('forget'), id, time }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const entries = new RecentEntries<object>();
      let model: Entry[] = [];
      const last = (wanted: string) => model.findLast((entry) => entry.id === wanted)?.value;
      for (const { action, id, time } of steps) {
        const value = {};
        if (action === 'set') {
          entries.set(id, time, value);
          model.push({ id, time, value });
        } else if (action === 'delete') {
          entries.delete(id);
          // Its place stays, so that entries after it are not forgotten too early.
          model = model.map((entry) => (entry.id === id ? { ...entry, id: '' } : entry));
        } else {
          entries.forgetBefore(time);
          const recent = model.findIndex((entry) => entry.time >= time);
          model = recent < 0 ? [] : model.slice(recent);
        }
        for (const one of ['a', 'b', 'c', 'd']) expect(entries.get(one)).toBe(last(one));
        expect(entries.size).toBe(new Set(model.flatMap((entry) => entry.id || [])).size);
      }
    }),
  );
});
