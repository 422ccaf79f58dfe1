import { isoTime } from '../time/isoTime.ts';
import { isDigit } from '../time/stamp.ts';

/** What a container runtime wrapped around a line of a program. */
export interface Wrapped {
  /** The program's own line. */
  text: string;
  /** Milliseconds since 1970, NaN when the wrapper has no time. */
  time: number;
  /** stdout or stderr, '' when unknown. */
  stream: string;
  /** The container's or service's name, '' when unknown. */
  name: string;
  /** The runtime cut the line: the next one goes on with it. */
  partial: boolean;
}

const wrapped = (text: string, time: number, stream = '', name = '', partial = false): Wrapped => ({ text, time, stream, name, partial });

/** `{"log":"...\n","stream":"stdout","time":"..."}`: docker's json-file driver. */
function dockerJson(line: string): Wrapped | null {
  if (!line.startsWith('{"log":"') || !line.endsWith('}')) return null;
  let record: { log?: unknown; stream?: unknown; time?: unknown };
  try {
    record = JSON.parse(line) as typeof record;
  } catch {
    return null;
  }
  const { log, stream, time } = record;
  if (typeof log !== 'string' || typeof time !== 'string') return null;
  const whole = log.endsWith('\n');
  return wrapped(whole ? log.slice(0, -1).replace(/\r$/, '') : log, isoTime(time), typeof stream === 'string' ? stream : '', '', !whole);
}

/** `2024-05-01T10:00:00.123456789Z stdout F text`: the runtimes of Kubernetes. */
function cri(line: string): Wrapped | null {
  const blank = line.indexOf(' ');
  if (blank < 20 || blank > 36 || !line.startsWith('std', blank + 1)) return null;
  const stream = line.slice(blank + 1, blank + 7);
  const tag = line[blank + 8];
  if ((stream !== 'stdout' && stream !== 'stderr') || (tag !== 'F' && tag !== 'P')) return null;
  const time = isoTime(line.slice(0, blank));
  return Number.isNaN(time) ? null : wrapped(line.slice(blank + 10), time, stream, '', tag === 'P');
}

/** `2024-05-01T10:00:00.123456789Z text`: `kubectl logs --timestamps`, `docker logs -t`, told by more than six digits of a second. */
function nanoStamp(line: string): Wrapped | null {
  const blank = line.indexOf(' ');
  if (blank < 28 || blank > 36 || line.charCodeAt(10) !== 84 || line.charCodeAt(19) !== 46) return null;
  if (!isDigit(line.charCodeAt(23)) || !isDigit(line.charCodeAt(26))) return null;
  const time = isoTime(line.slice(0, blank));
  return Number.isNaN(time) ? null : wrapped(line.slice(blank + 1), time);
}

/** `web-1  | text`: docker compose; a name, blanks and a bar. */
function compose(line: string): Wrapped | null {
  const bar = line.indexOf(' | ');
  if (bar < 2 || bar > 48) return null;
  const name = line.slice(0, bar).trimEnd();
  return /^[a-z][\w.-]*[-_]\d+$/.test(name) ? wrapped(line.slice(bar + 3), Number.NaN, '', name) : null;
}

/** Takes off what a container runtime put around a line; null when there is nothing. */
export function unwrap(line: string): Wrapped | null {
  const code = line.charCodeAt(0);
  if (code === 123) return dockerJson(line);
  if (code >= 48 && code <= 57) return line.charCodeAt(4) === 45 ? (cri(line) ?? nanoStamp(line)) : null;
  return code >= 97 && code <= 122 ? compose(line) : null;
}
