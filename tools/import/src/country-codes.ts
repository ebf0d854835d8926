import { sqlLiteral } from '@ad-analytics/duckdb-client/sql-literal';

/** Names that are common in logs but missing in the runtime's table. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  usa: 'US',
  'united states of america': 'US',
  'great britain': 'GB',
  england: 'GB',
  'south korea': 'KR',
  'russian federation': 'RU',
  turkey: 'TR',
  'czech republic': 'CZ',
  'viet nam': 'VN',
};

/** @returns the English names of countries in lower case, with their ISO 3166-1 alpha-2 codes */
function countryNames(): Map<string, string> {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const codes = new Map<string, string>();
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    const name = names.of(code)?.toLowerCase();
    // A retired code has the name of its successor country, and its canonical form is the successor's code.
    if (name !== undefined) codes.set(name, Intl.getCanonicalLocales(`und-${code}`)[0]?.slice(-2) ?? code);
  }
  for (const [name, code] of Object.entries(OTHER_NAMES)) codes.set(name, code);
  return codes;
}

/** @returns the same as a MAP of DuckDB */
export function countryCodes(): string {
  const entries = [...countryNames()].map(([name, code]) => `${sqlLiteral(name)}: ${sqlLiteral(code)}`);
  return `MAP {${entries.join(', ')}}`;
}
