/**
 * Headers of every answer. Nothing but the page's own script, style and event stream is allowed, and no text can become markup:
 * what comes from the data is written by strangers.
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

/** Names under which the loopback interface is called. */
const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost']);

/**
 * Guards against DNS rebinding: a foreign page whose name was made to point to this machine still sends its own name.
 * @param host Host header as sent
 * @param port that the server listens on
 * @returns whether it is a name of this server
 */
export function isOwnHost(host: string | undefined, port: number): boolean {
  const [name = '', givenPort, ...rest] = (host ?? '').toLowerCase().split(':');
  return LOOPBACK_NAMES.has(name) && rest.length === 0 && (givenPort ?? '80') === String(port);
}

/**
 * @param origin Origin header as sent; browsers that send no Sec-Fetch-Site send it with a request of another site's script
 * @param port that the server listens on
 * @returns false when the page that asks is another server's
 */
export function isOwnOrigin(origin: string | undefined, port: number): boolean {
  if (origin === undefined) return true;
  return origin.startsWith('http://') && isOwnHost(origin.slice('http://'.length), port);
}

/**
 * @param headers of the request
 * @returns false when another site's page asks, which a browser tells; event streams must not be held open by strangers
 */
export function isSameSite(headers: { readonly 'sec-fetch-site'?: string | string[] | undefined }): boolean {
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}
