import getPort from 'get-port';

/** @returns a port of the loopback interface that is free now; it is not returned again for at least 15 s */
export const freePort = (): Promise<number> => getPort({ host: '127.0.0.1' });
