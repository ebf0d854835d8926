import { createServer } from 'node:net';
import { freePorts } from './free-port';

describe('freePorts', () => {
  it('finds different ports that can be listened on', async () => {
    const ports = await freePorts(5);
    expect(new Set(ports).size).toBe(5);
    for (const port of ports) {
      const server = createServer();
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', resolve);
      });
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('does not find one that is in use', async () => {
    const server = createServer();
    const [port] = await freePorts(1);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    expect(await freePorts(50)).not.toContain(port);
    await new Promise((resolve) => server.close(resolve));
  });
});
