import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';

/** A TCP or UDP socket of a process on this machine. */
export interface Socket {
  readonly pid: number;
  /** Address of this end, for example `127.0.0.1` or `::1`. */
  readonly address: string;
  readonly port: number;
  /** Address of the remote end; undefined if the socket is not connected. */
  readonly peer: string | undefined;
  /** Whether it accepts connections (TCP), or packets (UDP). */
  readonly listens: boolean;
}

/** States of net/tcp_states.h. */
const CONNECTED = new Set(['01', '02', '03']);
const LISTENING = '0A';
/** UDP sockets without a peer have the number of a closed TCP socket. */
const UNCONNECTED = '07';

/**
 * @param hex address as in /proc/net/tcp or tcp6: words of four bytes in the byte order of the machine (little endian on every platform
 *   that Node supports, s390x apart)
 * @returns the address as text; an IPv4-mapped IPv6 address is returned as IPv4
 */
export function addressOf(hex: string): string {
  const bytes = Buffer.from(hex, 'hex');
  for (let at = 0; at < bytes.length; at += 4) bytes.subarray(at, at + 4).reverse();
  if (bytes.length === 4) return bytes.join('.');
  const mapped = bytes.subarray(0, 10).every((byte) => byte === 0) && bytes.readUInt16BE(10) === 0xffff;
  if (mapped) return bytes.subarray(12).join('.');
  if (bytes.every((byte) => byte === 0)) return '::';
  if (bytes.subarray(0, 15).every((byte) => byte === 0) && bytes[15] === 1) return '::1';
  return Array.from({ length: 8 }, (_, word) => bytes.readUInt16BE(2 * word).toString(16)).join(':');
}

/** @returns whether only this machine can reach the address */
export const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

/**
 * @param table content of /proc/net/tcp, tcp6, udp or udp6
 * @param owners process by the number of the socket; others are left out
 * @returns the sockets that listen or have a peer
 */
export function parseSockets(table: string, owners: ReadonlyMap<string, number>): Socket[] {
  return table
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [, local = '', remote = '', state = '', , , , , , inode = ''] = line.trim().split(/\s+/);
      const pid = owners.get(inode);
      const connected = CONNECTED.has(state);
      const listens = state === LISTENING || state === UNCONNECTED;
      if (pid === undefined || !(connected || listens)) return [];
      const [address = '', port = ''] = local.split(':');
      const peer = connected ? addressOf(remote.split(':')[0] ?? '') : undefined;
      return [{ pid, address: addressOf(address), port: Number.parseInt(port, 16), peer, listens }];
    });
}

/** @returns process by the number of each socket that it holds; processes that have ended are left out */
function socketOwners(pids: readonly number[]): Map<string, number> {
  const owners = new Map<string, number>();
  for (const pid of pids) {
    const folder = `/proc/${pid}/fd`;
    try {
      for (const name of readdirSync(folder)) {
        const inode = /^socket:\[(\d+)\]$/.exec(readLink(path.join(folder, name)))?.[1];
        if (inode !== undefined) owners.set(inode, pid);
      }
    } catch {
      // It has ended.
    }
  }
  return owners;
}

/** A file may be closed after the listing and before it is read. */
function readLink(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}

/**
 * @param pids processes
 * @returns their TCP and UDP sockets; undefined on a system without /proc/net
 */
export function socketsOf(pids: readonly number[]): Socket[] | undefined {
  if (!existsSync('/proc/net/tcp')) return undefined;
  const owners = socketOwners(pids);
  return ['tcp', 'tcp6', 'udp', 'udp6']
    .map((name) => `/proc/net/${name}`)
    .filter((file) => existsSync(file))
    .flatMap((file) => parseSockets(readFileSync(file, 'latin1'), owners));
}
