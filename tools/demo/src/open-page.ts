import { spawn } from 'node:child_process';

/** The environment that determines whether a browser can be opened. */
export interface Desk {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** Whether a person sees the output. */
  readonly isTTY: boolean;
}

/**
 * @param desk environment of the command
 * @returns the program that opens an address in the user's browser; undefined if no one would see it: in CI, without a terminal or a
 *   display
 */
export function pageOpener({ platform, env, isTTY }: Desk): string | undefined {
  if (!isTTY || (env['CI'] ?? '') !== '') return undefined;
  if (platform === 'darwin') return 'open';
  const display = (env['DISPLAY'] ?? '') !== '' || (env['WAYLAND_DISPLAY'] ?? '') !== '';
  return display ? 'xdg-open' : undefined;
}

/**
 * Opens an address in the user's browser, without waiting for it. A missing program is not a failure, because the address was printed.
 * @param opener result of {@link pageOpener}
 * @param url of the page
 */
export function openPage(opener: string, url: string): void {
  const child = spawn(opener, [url], { detached: true, stdio: 'ignore' });
  child.once('error', () => {});
  child.unref();
}
