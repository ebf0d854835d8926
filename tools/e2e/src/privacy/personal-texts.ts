import { recordLines } from '@ad-analytics/recorded-traffic';

const PERSONAL_FIELDS = ['user_id', 'ip'];

/**
 * @param files of input records; lines that are not JSON are left out
 * @returns each user id and each address in them
 */
export async function personalTexts(files: readonly string[]): Promise<Set<string>> {
  const texts = new Set<string>();
  for (const file of files) {
    for await (const line of recordLines(file)) {
      let event: Record<string, unknown> | null;
      try {
        event = JSON.parse(line.toString()) as Record<string, unknown> | null;
      } catch {
        continue;
      }
      if (typeof event !== 'object' || event === null) continue;
      for (const field of PERSONAL_FIELDS) {
        const value = event[field];
        if (typeof value === 'string' && value !== '') texts.add(value);
      }
    }
  }
  return texts;
}

/**
 * @param texts to search
 * @param wanted texts that must not occur in them
 * @returns those that occur anywhere, also as a part of a longer text unless digits or letters continue it
 */
export function occurring(texts: string, wanted: ReadonlySet<string>): string[] {
  // One pass by the first characters: there are thousands of ids and megabytes of results.
  const byStart = new Map<string, string[]>();
  const length = Math.min(...[...wanted].map((text) => text.length));
  for (const text of wanted) {
    const start = text.slice(0, length);
    byStart.set(start, [...(byStart.get(start) ?? []), text]);
  }
  const found = new Set<string>();
  for (let at = 0; at + length <= texts.length; at += 1) {
    for (const text of byStart.get(texts.slice(at, at + length)) ?? []) {
      if (texts.startsWith(text, at) && !/[\p{L}\p{N}]/u.test(texts[at + text.length] ?? '')) found.add(text);
    }
  }
  return [...found];
}
