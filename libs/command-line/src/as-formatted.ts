/** @returns the text in the format of the repository, so that the format check passes */
export async function asFormatted(file: string, text: string, parser: 'json' | 'markdown'): Promise<string> {
  // Slow to load, so it is loaded only when used.
  const { format, resolveConfig } = await import('prettier');
  return format(text, { ...(await resolveConfig(file)), parser });
}
