import type { Event, Json, JsonObject } from '../../event.ts';

/** What is read in place of an event's text. */
export interface Reading {
  text: string;
  /** The text is a request: method, path, status, and what was said of it. */
  request: boolean;
  /** Its path is one value: there are too many to tell apart. */
  flat?: boolean;
}

/** Characters of a path that are read. */
const LONGEST_PATH = 1024;
const method = /^[A-Z]{3,16}$/;
const status = /^[1-5]\d\d$/;
const code = /^(?:-?\w{1,5}|[A-Z][A-Za-z_]{1,24})$/;

/** Codes that stand beside a message, by the name of their field. */
const codes = ['exit_code', 'errno', 'sqlstate', 'grpc_status'] as const;

/**
 * How an event is read where its text does not say all: formats write the status of an answer, and the method and path of
 * its request, into `metadata.status`, `method` and `path`, and other codes beside them. A request stands for itself, without
 * its query, client and numbers; a code beside a message is read as if it stood in it. Null: the text is read as it is.
 */
export function readEvent({ text, metadata }: Event): Reading | null {
  const answered = statusIn(metadata);
  if (answered !== null) {
    const path = pathIn(metadata.path);
    const verb = typeof metadata.method === 'string' ? metadata.method.toUpperCase() : '';
    if (path === null || !method.test(verb)) return beside(text, 'status', answered);
    const said = text.includes(path) || text.includes(String(metadata.path)) ? '' : ` ${text}`;
    return { text: `${verb} ${path} ${answered}${said}`, request: true };
  }
  for (const name of codes) {
    const value = metadata[name];
    if (value !== undefined && (typeof value === 'number' || typeof value === 'string') && code.test(String(value)))
      return beside(text, name, String(value));
  }
  return null;
}

function statusIn({ status: value }: JsonObject): string | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null;
  const text = String(value);
  return status.test(text) ? text : null;
}

/** A code that the text gives under the same name is read there. */
const beside = (text: string, name: string, value: string): Reading | null => {
  const pair = `${name}=${value}`;
  return text.includes(pair) ? null : { text: `${text} ${pair}`, request: false };
};

/** The path of a target (`/orders/17?page=2`, `https://shop.example/orders/17`) without host and query; null for other things. */
function pathIn(target: Json | undefined): string | null {
  if (typeof target !== 'string') return null;
  let from = 0;
  if (!target.startsWith('/')) {
    const host = target.indexOf('://');
    if (host < 0) return null;
    from = target.indexOf('/', host + 3);
    if (from < 0) return '/';
  }
  const end = target.slice(from, from + LONGEST_PATH).search(/[?#;\s]/);
  return target.slice(from, end < 0 ? from + LONGEST_PATH : from + end);
}
