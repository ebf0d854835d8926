/** An invalid settings file; the message names the place of every problem as `Group/setting`. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  /**
   * @param source the file, or another name of the source of the settings
   * @param problems one line for each problem
   */
  constructor(
    readonly source: string,
    readonly problems: readonly string[],
  ) {
    super(`${source}: ${problems.join('; ')}`);
  }
}
