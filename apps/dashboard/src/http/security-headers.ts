/**
 * Headers of every response. They allow only the page's own script, style and event stream, and no text can become
 * markup, because the data contains text from untrusted sources.
 */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cache-control': 'no-store',
};

/** Host names of the loopback interface. */
const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost']);

/**
 * Guards against DNS rebinding: a page of another site whose name was changed to resolve to this machine still sends
 * its own name.
 * @param host Host header of the request
 * @param port of the server
 * @returns whether it is a name of this server
 */
export function isOwnHost(host: string | undefined, port: number): boolean {
  const [name = '', givenPort, ...rest] = (host ?? '').toLowerCase().split(':');
  return LOOPBACK_NAMES.has(name) && rest.length === 0 && (givenPort ?? '80') === String(port);
}

/**
 * @param origin Origin header of the request; browsers without Sec-Fetch-Site send it with requests from scripts of
 *   other sites
 * @param port of the server
 * @returns false if the requesting page is from another server
 */
export function isOwnOrigin(origin: string | undefined, port: number): boolean {
  if (origin === undefined) return true;
  return origin.startsWith('http://') && isOwnHost(origin.slice('http://'.length), port);
}

/**
 * @param headers of the request
 * @returns false if the browser says that the request is from a page of another site; other sites must not hold event
 *   streams open
 */
export function isSameSite(headers: { readonly 'sec-fetch-site'?: string | string[] | undefined }): boolean {
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}
