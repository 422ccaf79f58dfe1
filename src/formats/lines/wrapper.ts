import type { JsonObject } from '../../event.ts';
import { podHashes } from '../json/podOwner.ts';
import { parseObject } from '../json/parseObject.ts';
import { isoTime } from '../time/isoTime.ts';
import { isDigit } from '../time/stamp.ts';
import { stripAnsi } from './ansi.ts';

/** What container runtimes and their tools wrapped around a line of a program. */
export interface Wrapped {
  /** The program's own line. */
  text: string;
  /** Milliseconds since 1970, NaN when no wrapper has a time. */
  time: number;
  /** stdout or stderr, '' when unknown. */
  stream: string;
  /** The container's, pod's or service's name, '' when unknown. */
  name: string;
  /** The runtime cut the line: the next one of its stream goes on with it. */
  partial: boolean;
  /** What else the wrapper knew. */
  fields: JsonObject | null;
}

type Peel = (line: string) => Partial<Wrapped> | null;

/** First letters of `log`, `stream`, `time` and `attrs`. */
const dockerFirsts = new Set([108, 115, 116, 97]);

/** `{"log":"...\n","stream":"stdout","time":"..."}`: docker's json-file driver, which cuts lines of over 16 KiB. */
function dockerJson(line: string): Partial<Wrapped> | null {
  // Most records end here: their first name begins with another letter.
  if (line.charCodeAt(1) === 34 && !dockerFirsts.has(line.charCodeAt(2))) return null;
  // Without the first quote, which stands everywhere, the search is five times as fast.
  if (!line.includes('stream"') || !/^\s*\{\s*"(?:log|stream|time|attrs)"\s*:/.test(line)) return null;
  const record = parseObject(line);
  if (!record) return null;
  const { log, stream, time, attrs, ...more } = record;
  if (typeof log !== 'string' || typeof stream !== 'string' || typeof time !== 'string' || Object.keys(more).length > 0) return null;
  const whole = log.endsWith('\n');
  const text = whole ? log.slice(0, -1).replace(/\r$/, '') : log;
  return { text, time: isoTime(time), stream, partial: !whole, ...(typeof attrs === 'object' && attrs !== null && { fields: { attrs } }) };
}

/** `2024-05-01T10:00:00.123456789Z stdout F text`: the runtimes of Kubernetes. */
function cri(line: string): Partial<Wrapped> | null {
  const blank = line.indexOf(' ');
  if (blank < 20 || blank > 36 || !line.startsWith('std', blank + 1)) return null;
  const stream = line.slice(blank + 1, blank + 7);
  const tag = line[blank + 8];
  if ((stream !== 'stdout' && stream !== 'stderr') || (tag !== 'F' && tag !== 'P')) return null;
  const time = isoTime(line.slice(0, blank));
  return Number.isNaN(time) ? null : { text: line.slice(blank + 10), time, stream, partial: tag === 'P' };
}

/** `2024-05-01T10:00:00.123456789Z text`: `kubectl logs --timestamps`, `docker logs -t`, known by more than six digits of a second. */
function nanoStamp(line: string): Partial<Wrapped> | null {
  const blank = line.indexOf(' ');
  if (blank < 28 || blank > 36 || line.charCodeAt(10) !== 84 || line.charCodeAt(19) !== 46) return null;
  if (!isDigit(line.charCodeAt(23)) || !isDigit(line.charCodeAt(26))) return null;
  const time = isoTime(line.slice(0, blank));
  return Number.isNaN(time) ? null : { text: line.slice(blank + 1), time };
}

/** `2024-05-01T10:00:00.123456Z 00O text`: a runner of GitLab; `+` goes on with the line before. */
function gitlabRunner(line: string): Partial<Wrapped> | null {
  if (line.charCodeAt(26) !== 90 || line.charCodeAt(27) !== 32) return null;
  const stream = line.charCodeAt(30);
  const mark = line.charCodeAt(31);
  if ((stream !== 79 && stream !== 69) || (mark !== 32 && mark !== 43) || !isDigit(line.charCodeAt(28))) return null;
  const time = isoTime(line.slice(0, 27));
  return Number.isNaN(time) ? null : { text: line.slice(32), time, stream: stream === 79 ? 'stdout' : 'stderr' };
}

/** `83 <11>1 2024-05-01T10:00:00Z ...`: a message of syslog behind its length, as it goes over TCP (RFC 6587, 3.4.1). */
function counted(line: string): Partial<Wrapped> | null {
  const blank = line.indexOf(' ');
  if (blank > 5 || line.charCodeAt(blank + 1) !== 60) return null;
  return /^[1-9]\d* <\d{1,3}>/.test(line.slice(0, 12)) ? { text: line.slice(blank + 1) } : null;
}

/** `ESC_bk;t=1717408800123 BEL text`: Buildkite puts the time into a message to the terminal. */
function buildkite(line: string): Partial<Wrapped> | null {
  const found = /^\u001b_bk;t=(\d{13})\u0007/.exec(line);
  return found && { text: line.slice(found[0].length), time: Number(found[1]) };
}

/** `[pod/orders-7d9f8b6c5-x2x4z/orders] text`: `kubectl logs --prefix`. */
function kubectlPrefix(line: string): Partial<Wrapped> | null {
  const found = /^\[pod\/([\w.-]+)\/([\w.-]+)\] ?/.exec(line.slice(0, 600));
  return found && { text: line.slice(found[0].length), name: found[2]!, fields: { pod: found[1]! } };
}

/** `orders-7d9f8b6c5-x2x4z orders text`: stern, a pod's name with its hashes and its container's. */
function stern(line: string): Partial<Wrapped> | null {
  const blank = line.indexOf(' ');
  // The hash of a pod is five characters behind a dash.
  if (
    blank < 8 ||
    blank > 253 ||
    line.charCodeAt(blank - 6) !== 45 ||
    !podHashes.test(line.slice(0, blank)) ||
    !/^[a-z0-9][a-z0-9.-]*$/.test(line.slice(0, blank))
  )
    return null;
  const found = /^(?:› )?([a-z0-9][a-z0-9.-]*) ?(?:[|›] )?/.exec(line.slice(blank + 1, blank + 260));
  return found && { text: line.slice(blank + 1 + found[0].length), name: found[1]!, fields: { pod: line.slice(0, blank) } };
}

const barred = /^(?:\d+\|)?([a-z0-9][\w.-]*)(@[\w.-]+)?$/i;

/** The name in front of a bar that docker compose (`web-1  | `), docker swarm (`web.1.k3jd8fj3kd9f@node-1    | `) and pm2 (`0|web  | `) put there, and the index behind the bar. */
export function barName(line: string): { name: string; node: string; end: number; bar: number } | null {
  const bar = line.indexOf('|', line.charCodeAt(2) === 124 ? 3 : 2);
  if (bar < 0 || bar >= 120 || line.charCodeAt(bar + 1) !== 32) return null;
  const name = line.slice(0, bar).trimEnd();
  const found = name.length < bar && (bar < 65 || name.includes('@')) ? barred.exec(name) : null;
  return found && { name: found[1]!, node: found[2]?.slice(1) ?? '', end: bar + 2, bar };
}

/** The place and the id of a task behind its service's name. */
const task = /\.\d+\.[a-z0-9]{8,25}$/;

/**
 * `web-1  | text`: docker compose. A name that ends in no number is one only where the bars of the stream stand in one column.
 */
function compose(line: string, column: number): Partial<Wrapped> | null {
  const found = barName(line);
  if (!found || (found.bar !== column && found.node === '' && !/^[a-z][\w.-]*[-_]\d+$/.test(found.name))) return null;
  const text = line.slice(found.end);
  return found.node === '' ? { text, name: found.name } : { text, name: found.name.replace(task, ''), fields: { node: found.node } };
}

/** `[0] kube.orders: [[1717408800.123456789, {}], {"log"=>"text"}]`: what Fluent Bit prints. */
function fluentBit(line: string): Partial<Wrapped> | null {
  const found = /^\[\d+\] ([\w.*-]+): \[+(\d{10}\.\d+)(?:, \{[^{}]*\}\])?, (?=\{)/.exec(line.slice(0, 300));
  const text = found && line.endsWith('}]') ? line.slice(found[0].length, -1) : '';
  if (found === null || text === '') return null;
  return { text, time: Math.floor(Number(found[2]) * 1000 + 1e-3), name: found[1]! };
}

const stamped: readonly Peel[] = [cri, nanoStamp, gitlabRunner];
const deepest = 5;

/**
 * Takes off, again and again, what runtimes and their tools put around a line; null when there is nothing.
 * @param column where the bars of docker compose stand in this stream; -1 when nothing is known of them
 */
export function unwrap(raw: string, column = -1): Wrapped | null {
  let whole: Wrapped | null = null;
  const framed = raw.charCodeAt(0) === 27 ? buildkite(raw) : null;
  let line = stripAnsi(framed?.text ?? raw);
  if (line !== raw) whole = { text: line, time: framed?.time ?? Number.NaN, stream: '', name: '', partial: false, fields: null };
  for (let depth = 0; depth < deepest; depth++) {
    const part = peelOnce(line, column);
    if (part === null) return whole;
    whole ??= { text: line, time: Number.NaN, stream: '', name: '', partial: false, fields: null };
    line = whole.text = stripAnsi(part.text!);
    if (Number.isNaN(whole.time)) whole.time = part.time ?? Number.NaN;
    whole.stream ||= part.stream ?? '';
    whole.name ||= part.name ?? '';
    whole.partial ||= part.partial ?? false;
    if (part.fields) whole.fields = { ...whole.fields, ...part.fields };
    if (whole.partial) return whole;
  }
  return whole;
}

function peelOnce(line: string, column: number): Partial<Wrapped> | null {
  const code = line.charCodeAt(0);
  if (isDigit(code) && line.charCodeAt(4) === 45) return first(stamped, line);
  if (isDigit(code) && column < 0) return counted(line);
  if (code === 123) return dockerJson(line);
  if (code === 91) return isDigit(line.charCodeAt(1)) ? fluentBit(line) : kubectlPrefix(line);
  const isName = (code >= 97 && code <= 122) || (column >= 0 && code >= 48 && code <= 90);
  return isName ? (compose(line, column) ?? stern(line)) : null;
}

function first(list: readonly Peel[], line: string): Partial<Wrapped> | null {
  for (const peel of list) {
    const found = peel(line);
    if (found) return found;
  }
  return null;
}
