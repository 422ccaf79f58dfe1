import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Files } from '../../io.ts';
import type { Page, PageRequest } from '../../io/servePages.ts';
import { allowOrigin, type GuardOptions } from './guard.ts';

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

/** Nothing runs, is styled, or is asked for but what comes from here; and nobody frames it who was not allowed. */
export const contentPolicy = ({ origins }: Pick<GuardOptions, 'origins'>): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${origins.length === 0 ? "'none'" : ["'self'", ...origins].join(' ')}`,
  ].join('; ');

interface Asset {
  type: string;
  body: Uint8Array;
  /** The same, compressed. */
  packed: Uint8Array;
}

/** Whether who asks takes gzip. */
const takesGzip = ({ 'accept-encoding': given }: PageRequest['headers']): boolean =>
  /(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[^,]*)?(?:,|$)/i.test(given ?? '');

/** The files of the page, read and compressed once: few and small. */
export class Assets {
  readonly #files: ReadonlyMap<string, Asset>;

  private constructor(files: ReadonlyMap<string, Asset>) {
    this.#files = files;
  }

  /** The files of a folder by their names; those of kinds that are not ours are left out. */
  static async read(files: Files, folder: string): Promise<Assets> {
    const found = new Map<string, Asset>();
    for (const name of await files.list(folder)) {
      const type = types[name.split('.').at(-1) ?? ''];
      if (type === undefined) continue;
      const body = await files.readBytes(join(folder, name));
      found.set(`/${name}`, { type, body, packed: gzipSync(body, { level: 9 }) });
    }
    return new Assets(found);
  }

  answer({ method, path, headers }: Pick<PageRequest, 'method' | 'path' | 'headers'>, guard: Pick<GuardOptions, 'origins'>): Page {
    const text = (status: number, body: string): Page => ({ status, type: 'text/plain; charset=utf-8', body: `${body}\n` });
    if (method !== 'GET' && method !== 'HEAD') return text(405, 'GET only');
    const file = this.#files.get(path === '/' ? '/index.html' : path);
    if (!file) {
      return path === '/' && this.#files.size === 0
        ? text(503, 'the page is not built: npm run build.  The API is there: /api/radar')
        : text(404, 'not here: /, /caducus-radar.js, /api/radar');
    }
    const policy = {
      'content-security-policy': contentPolicy(guard),
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    };
    // The element is for pages of others, which load it as a module.
    const own: Readonly<Record<string, string>> = path.endsWith('.js') ? allowOrigin(headers, guard) : {};
    const vary = ['accept-encoding', own['vary']].filter(Boolean).join(', ');
    const packed = takesGzip(headers);
    return {
      status: 200,
      type: file.type,
      body: packed ? file.packed : file.body,
      headers: { ...policy, ...own, vary, ...(packed && { 'content-encoding': 'gzip' }) },
    };
  }
}
