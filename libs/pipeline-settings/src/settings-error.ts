/** A settings file that the pipeline cannot run with; the message names every wrong place as `Group/setting`. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  /**
   * @param source the file, or another name of where the settings come from
   * @param problems one line for each problem
   */
  constructor(
    readonly source: string,
    readonly problems: readonly string[],
  ) {
    super(`${source}: ${problems.join('; ')}`);
  }
}
