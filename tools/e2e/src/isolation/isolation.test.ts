import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { SQSClient, ListQueuesCommand } from '@aws-sdk/client-sqs';
import { clientConfig } from '@ad-analytics/serving-table';
import { localAwsEnvironment } from '@ad-analytics/local-stack/local-aws-environment';
import { localKinesisClient } from '@ad-analytics/local-stack/kinesis-client';
import { CheckList } from '@ad-analytics/command-line/check-list';
import { accessKeysIn, checkCredentials, checkIsolation } from './check-isolation';
import { descendants } from './process-tree';
import { addressOf, isLoopback, parseSockets, socketsOf } from './sockets';
import { type UserAws, createUserAws, withEnvironment } from './user-aws';

const onLinux = existsSync('/proc/net/tcp') ? it : it.skip;

describe('the AWS settings of a made-up user', () => {
  let user: UserAws;
  beforeEach(async () => (user = await createUserAws()));
  afterEach(() => user.close());

  it('note a client that uses the profile and the endpoint', async () => {
    // The SDK warns when both a profile and keys are set.
    jest.spyOn(console, 'warn').mockImplementation(() => {});
    await withEnvironment(user.environment, async () => {
      const client = new DynamoDBClient({ maxAttempts: 1 });
      await client.send(new ListTablesCommand({})).catch(() => {});
      client.destroy();
    });
    expect(user.uses()).toEqual(['POST / DynamoDB_20120810.ListTables', 'credential_process']);
  });

  it('note a client that asks a metadata service', async () => {
    const own = ['AWS_PROFILE', 'AWS_ACCESS_KEY_ID', 'AWS_CONFIG_FILE'];
    const others = Object.entries(user.environment).filter(([name]) => !own.includes(name));
    await withEnvironment(Object.fromEntries(others), async () => {
      const client = new SQSClient({ maxAttempts: 1, region: 'us-east-1' });
      await client.send(new ListQueuesCommand({})).catch(() => {});
      client.destroy();
    });
    expect(user.uses()).toContain('GET /container-credentials');
  });

  it("note nothing of the clients of a local stack, which show the emulator's keys only", async () => {
    const shownKeys: (string | undefined)[] = [];
    await withEnvironment(user.environment, async () => {
      const endpoint = 'http://127.0.0.1:1';
      const kinesis = localKinesisClient(endpoint, 'us-east-1');
      const queues = new SQSClient(clientConfig({ region: 'us-east-1', endpoint }));
      for (const client of [kinesis, queues]) {
        shownKeys.push((await client.config.credentials()).accessKeyId);
        client.destroy();
      }
    });
    expect(shownKeys).toEqual(['test', 'test']);
    expect(user.uses()).toEqual([]);
  });

  it('are not handed on to a part of the stack', async () => {
    await withEnvironment(user.environment, async () => {
      const handedOn = JSON.stringify(localAwsEnvironment('us-east-1'));
      expect(user.secrets.filter((secret) => handedOn.includes(secret))).toEqual([]);
    });
    expect(process.env['AWS_PROFILE']).not.toBe('production');
  });
});

describe('addresses of /proc/net', () => {
  it.each([
    ['0100007F', '127.0.0.1'],
    ['00000000', '0.0.0.0'],
    ['0101A8C0', '192.168.1.1'],
    ['00000000000000000000000001000000', '::1'],
    ['00000000000000000000000000000000', '::'],
    ['0000000000000000FFFF00000100007F', '127.0.0.1'],
    ['B80D0120000000000000000001000000', '2001:db8:0:0:0:0:0:1'],
  ])('%s is %s', (hex, address) => expect(addressOf(hex)).toBe(address));

  it('are loopback for this machine only', () => {
    expect(['127.0.0.1', '127.8.0.1', '::1'].every(isLoopback)).toBe(true);
    expect(['0.0.0.0', '::', '10.0.0.1', '1270.0.0.1', '2001:db8:0:0:0:0:0:1'].some(isLoopback)).toBe(false);
  });
});

describe('sockets', () => {
  const line = (local: string, remote: string, state: string, inode: string) =>
    `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 0 100 0 0 10 0`;
  const table = ['  sl  local_address rem_address   st', line('0100007F:1F90', '00000000:0000', '0A', '11')];

  it('belong to the given processes', () => {
    expect(parseSockets(table.join('\n'), new Map([['11', 7]]))).toEqual([
      { pid: 7, address: '127.0.0.1', port: 8080, peer: undefined, listens: true },
    ]);
    expect(parseSockets(table.join('\n'), new Map())).toEqual([]);
  });

  it('have a remote address while connected, and none after they are closed', () => {
    const lines = ['02', '01', '06'].map((state) => line('0100007F:0001', '0101A8C0:01BB', state, '11'));
    const found = parseSockets(['head', ...lines].join('\n'), new Map([['11', 7]]));
    expect(found.map(({ peer, listens }) => [peer, listens])).toEqual([
      ['192.168.1.1', false],
      ['192.168.1.1', false],
    ]);
  });

  onLinux('of this process are found, with the address that they are bound to', async () => {
    const servers = await Promise.all(
      ['127.0.0.1', '0.0.0.0'].map(async (address) => {
        const server = createServer();
        server.listen(0, address);
        await once(server, 'listening');
        return server;
      }),
    );
    const ports = servers.map((server) => (server.address() as { port: number }).port);
    const found = socketsOf([process.pid])?.filter(({ port, listens }) => listens && ports.includes(port));
    expect(new Set(found?.map(({ address }) => address))).toEqual(new Set(['127.0.0.1', '0.0.0.0']));
    for (const server of servers) server.close();
  });
});

describe('a process tree', () => {
  it('has the children of children', () => {
    expect(descendants(['  2 1', '3 2', '4 3', '5 1', ''], 2)).toEqual([2, 3, 4]);
  });
});

describe('checkIsolation', () => {
  onLinux('finds a part that other machines can reach, and that knows a secret', async () => {
    const server = `require('net').createServer().listen(0, '0.0.0.0', () => console.log('listening'))`;
    const child = spawn(process.execPath, ['-e', server], { env: { ...process.env, USERS_OWN: 'a-secret-text' } });
    await once(child.stdout, 'data');
    const lines: string[] = [];
    checkIsolation(process.pid, ['a-secret-text'], new CheckList((text) => lines.push(text)));
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(lines[0]).toMatch(/^FAIL .*0\.0\.0\.0:\d+/);
    expect(lines[2]).toContain(`expected [], found [${child.pid}]`);
  });
});

describe('checkCredentials', () => {
  const header = (key: string) =>
    `AWS4-HMAC-SHA256 Credential=${key}/20261127/us-east-1/kinesis/aws4_request, SignedHeaders=host, Signature=0`;

  it('reads the access keys from the headers', () => {
    expect(accessKeysIn(['-', header('test'), header('AKIA'), header('test')].join('\n'))).toEqual(['AKIA', 'test']);
  });

  it("finds a request with the user's key, and a file with a secret", () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'credentials-'));
    const log = path.join(folder, 'logs', 'credentials.log');
    mkdirSync(path.dirname(log));
    const linesFor = (content: string) => {
      writeFileSync(log, content);
      const lines: string[] = [];
      checkCredentials(folder, ['AKIA'], new CheckList((text) => lines.push(text)));
      return lines.map((line) => line.slice(0, 4));
    };
    expect(linesFor(header('test'))).toEqual(['ok  ', 'ok  ']);
    expect(linesFor(header('AKIA'))).toEqual(['FAIL', 'FAIL']);
    expect(linesFor('')).toEqual(['FAIL', 'ok  ']);
    rmSync(folder, { recursive: true });
  });
});
