import { type AddressInfo, createServer } from 'node:net';
import { freePort } from './free-port';

describe('freePort', () => {
  it('finds different free ports', async () => {
    const ports = await Promise.all(Array.from({ length: 5 }, freePort));
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

  it('does not find a used port', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await Promise.all(Array.from({ length: 50 }, freePort))).not.toContain(port);
    await new Promise((resolve) => server.close(resolve));
  });
});
