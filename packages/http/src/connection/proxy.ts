import { InvalidArgumentError } from '@cmx/cloud-core';

/** Which proxy to go through. */
export interface ProxySettings {
  /** Proxy for `http:` origins: `http://user:password@proxy.example.com:3128`. */
  readonly http?: string | undefined;
  /** Proxy for `https:` origins, reached through a `CONNECT` tunnel. */
  readonly https?: string | undefined;
  /**
   * Hosts reached without a proxy: `localhost`, `.example.com` (and what is below it), `10.0.0.1`, `host:port`, or `*` for all.
   * A name also covers what is below it. Address ranges (CIDR) are not understood.
   */
  readonly noProxy?: readonly string[] | undefined;
}

/** Reads `https_proxy`, `http_proxy` and `no_proxy`, in lower case first, then in upper case, as curl does. */
export function proxySettingsFromEnv(env: Readonly<Record<string, string | undefined>>): ProxySettings {
  const read = (name: string): string | undefined => env[name] || env[name.toUpperCase()] || undefined;
  return { http: read('http_proxy'), https: read('https_proxy'), noProxy: read('no_proxy')?.split(/[\s,]+/).filter(Boolean) };
}

/** The proxy for an origin; `undefined` when it is reached directly. */
export function proxyFor(origin: URL, settings: ProxySettings): URL | undefined {
  const proxy = origin.protocol === 'https:' ? settings.https : settings.http;
  if (!proxy || settings.noProxy?.some((entry) => covers(entry, origin))) return undefined;
  return parseProxy(proxy);
}

function parseProxy(text: string): URL {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new InvalidArgumentError('A proxy is given as http://host:port or https://host:port');
}

function covers(entry: string, origin: URL): boolean {
  if (entry === '*') return true;
  const [, name = '', port] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
  if (port !== undefined && port !== portOf(origin)) return false;
  const suffix = name.replace(/^\*?\./, '');
  return origin.hostname === suffix || origin.hostname.endsWith(`.${suffix}`);
}

/** The port of a URL, its scheme's own when none is written. */
export function portOf({ port, protocol }: URL): string {
  return port || (protocol === 'https:' ? '443' : '80');
}

/** The value of `Proxy-Authorization` for a proxy whose URL has a user name. */
export function proxyAuthorization({ username, password }: URL): string | undefined {
  if (!username) return undefined;
  const credentials = new TextEncoder().encode(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  return `Basic ${btoa(String.fromCharCode(...credentials))}`;
}
