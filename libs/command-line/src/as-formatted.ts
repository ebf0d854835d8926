/** @returns the text as the rest of the repository is formatted, so that its check holds */
export async function asFormatted(file: string, text: string, parser: 'json' | 'markdown'): Promise<string> {
  // Slow to load: only where it is used.
  const { format, resolveConfig } = await import('prettier');
  return format(text, { ...(await resolveConfig(file)), parser });
}
