// One proxy for all that the set-up starts: each program looks for the setting under another name.
const { URL } = require('node:url');

/** The local stack listens there: the AWS SDK for Java would otherwise send its records to the proxy. */
const LOCAL = ['localhost', '127.0.0.1', '::1'];

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} name in capitals
 * @returns {string} its value in either spelling, or ''
 */
const valueIn = (env, name) => env[name.toLowerCase()] || env[name] || '';

/**
 * @param {string} text of HTTP_PROXY or HTTPS_PROXY
 * @param {'http' | 'https'} scheme of the addresses that it is for
 * @returns {string[]} Java's properties for it; none where it is empty or cannot be read
 */
function javaProxy(text, scheme) {
  if (text === '') return [];
  let proxy;
  try {
    proxy = new URL(text.includes('://') ? text : `http://${text}`);
  } catch {
    return [];
  }
  const port = proxy.port || (proxy.protocol === 'https:' ? '443' : '80');
  const user = decodeURIComponent(proxy.username);
  const password = decodeURIComponent(proxy.password);
  return [
    `-D${scheme}.proxyHost=${proxy.hostname}`,
    `-D${scheme}.proxyPort=${port}`,
    ...(user === '' ? [] : [`-D${scheme}.proxyUser=${user}`, `-D${scheme}.proxyPassword=${password}`]),
  ];
}

/** @param {string} host of NO_PROXY, such as .example.com, example.com:8080 or 10.0.0.1 @returns {string} as Java writes it */
const javaHost = (host) => (host.startsWith('.') ? `*${host}` : host.replace(/^([^:]+):\d+$/, '$1'));

/**
 * @param {NodeJS.ProcessEnv} [env] with HTTP_PROXY, HTTPS_PROXY and NO_PROXY in capitals or small letters, or none of them
 * @returns {NodeJS.ProcessEnv} what to add: both spellings (wget reads one, others the other), the local addresses without the proxy,
 *   and MAVEN_OPTS, as Maven reads neither; empty where no proxy exists
 */
function proxyEnvironment(env = process.env) {
  const [http, https] = [valueIn(env, 'HTTP_PROXY'), valueIn(env, 'HTTPS_PROXY')];
  if (http === '' && https === '') return {};
  const listed = valueIn(env, 'NO_PROXY')
    .split(',')
    .map((host) => host.trim())
    .filter((host) => host !== '');
  const direct = [...new Set([...listed, ...LOCAL])];
  /** @type {NodeJS.ProcessEnv} */
  const added = {};
  for (const [name, value] of [
    ['HTTP_PROXY', http],
    ['HTTPS_PROXY', https],
    ['NO_PROXY', direct.join(',')],
  ]) {
    if (!name || !value) continue;
    added[name] = value;
    added[name.toLowerCase()] = value;
  }
  const options = [
    ...javaProxy(http, 'http'),
    ...javaProxy(https, 'https'),
    `-Dhttp.nonProxyHosts=${direct.map(javaHost).join('|')}`,
    // Maven's own HTTP client looks at Java's properties only when told to.
    '-Daether.connector.http.useSystemProperties=true',
  ];
  const before = env['MAVEN_OPTS'] ?? '';
  // A proxy that is named there already is the user's word.
  added['MAVEN_OPTS'] = before.includes('proxyHost') ? before : [before, ...options].filter(Boolean).join(' ');
  return added;
}

module.exports = { proxyEnvironment };
