import type { ServerResponse } from 'node:http';
import { EventStream } from './event-stream';

/** A client that reads as much as the test tells it to. */
class SlowClient {
  written: string[] = [];
  writableLength = 0;
  destroyed = false;
  writableEnded = false;
  writeHead() {}
  write(text: string) {
    this.written.push(text);
    this.writableLength += text.length;
  }
  destroy() {
    this.destroyed = true;
  }
}
const sections = (parts: Record<string, unknown>) =>
  new Map(Object.entries(parts).map(([name, part]) => [name, JSON.stringify(part)]));
const big = 'x'.repeat(600_000);

describe('EventStream', () => {
  it('sends nothing to a client that is too slow, and later everything that it missed', () => {
    const client = new SlowClient();
    const stream = new EventStream(client as unknown as ServerResponse, 'b');
    expect(stream.send(sections({ a: 1, b: big }), 1, 0)).toBe(true);
    const before = client.written.length;
    expect(stream.send(sections({ a: 2, b: big }), 2, 1_000)).toBe(true);
    expect(stream.send(sections({ a: 2, b: 'small' }), 3, 2_000)).toBe(true);
    expect(client.written).toHaveLength(before);
    client.writableLength = 0;
    stream.send(sections({ a: 2, b: 'small' }), 4, 3_000);
    expect(client.written.at(-1)).toBe('id: b-4\nevent: delta\ndata: {"a":2,"b":"small"}\n\n');
  });

  it('disconnects a client that reads nothing', () => {
    const client = new SlowClient();
    const stream = new EventStream(client as unknown as ServerResponse, 'b');
    stream.send(sections({ b: big }), 1, 0);
    expect(stream.send(sections({ b: 1 }), 2, 1_000)).toBe(true);
    expect(stream.send(sections({ b: 1 }), 3, 31_000)).toBe(false);
    expect(client.destroyed).toBe(true);
  });
});
