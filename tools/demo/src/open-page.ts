import { spawn } from 'node:child_process';

/** What decides whether a browser can be opened. */
export interface Desk {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** Whether a person sees the output. */
  readonly isTTY: boolean;
}

/**
 * @param desk where the command runs
 * @returns the program that opens an address in the user's browser; undefined where no one would see it: in CI, without a terminal,
 *   without a display
 */
export function pageOpener({ platform, env, isTTY }: Desk): string | undefined {
  if (!isTTY || (env['CI'] ?? '') !== '') return undefined;
  if (platform === 'darwin') return 'open';
  const display = (env['DISPLAY'] ?? '') !== '' || (env['WAYLAND_DISPLAY'] ?? '') !== '';
  return display ? 'xdg-open' : undefined;
}

/**
 * Opens an address in the user's browser, and lets it be. That the program is not there is not a failure: the address was printed.
 * @param opener as {@link pageOpener} says
 * @param url of the page
 */
export function openPage(opener: string, url: string): void {
  const child = spawn(opener, [url], { detached: true, stdio: 'ignore' });
  child.once('error', () => {});
  child.unref();
}
