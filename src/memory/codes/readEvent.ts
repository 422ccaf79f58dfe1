import type { Event, Json } from '../../event.ts';
import { findGrpcCode } from './codeClass.ts';

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
/** A code that is no status of HTTP, with its name. */
const code = /^(?:exit_code|errno|sqlstate|grpc_status)=[\w-]{1,25}$/;

/**
 * How an event is read where its text does not say all: formats write the status of an answer, and the method and path of
 * its request, into `metadata.status`, `method` and `path`, and other codes into `status` with their name (`exit_code=137`). A
 * request stands for itself, without its query, client and numbers; a code beside a message is read as if it stood in it.
 * Null: the text is read as it is.
 */
export function readEvent({ text, metadata }: Event): Reading | null {
  const given = metadata.status;
  // Nearly every line of most logs ends here.
  if (given === undefined || (typeof given !== 'string' && typeof given !== 'number')) return null;
  const outcome = String(given);
  if (code.test(outcome)) return text.includes(outcome) ? null : beside(text, inNumbers(outcome));
  if (!status.test(outcome)) return null;
  const path = pathIn(metadata.path);
  const verb = typeof metadata.method === 'string' ? metadata.method.toUpperCase() : '';
  if (path === null || !method.test(verb)) return beside(text, `status=${outcome}`);
  const rest = text.includes(path) || text.includes(String(metadata.path)) ? '' : ` ${text}`;
  return { text: `${verb} ${path} ${outcome}${rest}`, request: true };
}

const grpc = 'grpc_status=';

/** A code of gRPC that was given by its name. */
function inNumbers(outcome: string): string {
  const number = outcome.startsWith(grpc) ? findGrpcCode(outcome.slice(grpc.length)) : undefined;
  return number === undefined ? outcome : `${grpc}${number}`;
}

/** A code that the text gives under the same name is read there. */
const beside = (text: string, pair: string): Reading | null => (text.includes(pair) ? null : { text: `${text} ${pair}`, request: false });

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
