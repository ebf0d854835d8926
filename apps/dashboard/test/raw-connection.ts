import { connect, type Socket } from 'node:net';
import { once } from 'node:events';

/** The data received over a connection. */
export interface RawAnswer {
  /** Status codes of all responses, in order. */
  readonly statuses: readonly number[];
  /** Everything that was received. */
  readonly text: string;
}

/** @returns the status codes in what a server sent */
const statusesIn = (text: string): number[] =>
  [...text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status));

/** A TCP connection that sends exactly the given bytes. */
export class RawConnection {
  private received = '';
  private readonly closed: Promise<void>;

  private constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => (this.received += chunk.toString('latin1')));
    // The server may reset it.
    socket.on('error', () => {});
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
  }

  /** @param url of the server @returns a connection, open or already refused */
  static async open(url: string): Promise<RawConnection> {
    const { hostname, port } = new URL(url);
    const connection = new RawConnection(connect({ host: hostname, port: Number(port) }));
    await Promise.race([once(connection.socket, 'connect').catch(() => {}), connection.closed]);
    return connection;
  }

  /** @param bytes to send */
  send(bytes: string | Uint8Array): void {
    this.socket.write(bytes);
  }

  /** What has been received until now. */
  get answer(): RawAnswer {
    return { statuses: statusesIn(this.received), text: this.received };
  }

  /** Waits until a status has arrived, or the connection is closed. */
  answered(): Promise<RawAnswer> {
    return this.until(() => this.answer.statuses.length > 0);
  }

  /** Waits until the headers of a response are complete, or the connection is closed. */
  headersReceived(): Promise<RawAnswer> {
    return this.until(() => this.received.includes('\r\n\r\n'));
  }

  private async until(isEnough: () => boolean): Promise<RawAnswer> {
    while (!isEnough() && !this.socket.closed)
      await Promise.race([once(this.socket, 'data').catch(() => {}), this.closed]);
    return this.answer;
  }

  /** Waits until the server has closed the connection. @returns everything that was received */
  async ended(): Promise<RawAnswer> {
    await this.closed;
    return this.answer;
  }

  /** Closes it from this end. */
  async close(): Promise<void> {
    this.socket.destroy();
    await this.closed;
  }
}
