import type { ReportData } from './report-data';

/** The built page: one script and one style sheet. */
export interface ReportPage {
  readonly script: string;
  readonly style: string;
}

/**
 * The page loads nothing: it contains all it needs. So even an identifier that became markup could not load anything.
 */
const POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:";

/**
 * @param data of the report; its identifiers can contain any text
 * @returns the data as JSON that cannot end its script element: every `<` is escaped
 */
const embeddedJson = (data: ReportData): string => JSON.stringify(data).replaceAll('<', '\\u003c');

/** @returns the report as one HTML document that needs no other file */
export function reportHtml(data: ReportData, { script, style }: ReportPage): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8" />',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}" />`,
    '<meta name="viewport" content="width=device-width, initial-scale=1" />',
    '<meta name="color-scheme" content="light dark" />',
    '<title>Ad analytics: report</title>',
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<div id="app"></div>',
    '<noscript>This page draws its figures with JavaScript.</noscript>',
    `<script type="application/json" id="report">${embeddedJson(data)}</script>`,
    `<script type="module">${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}
