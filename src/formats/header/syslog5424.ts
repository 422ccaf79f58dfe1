import type { Header } from './header.ts';
import type { StampClock } from '../time/stampClock.ts';
import { skipBlanks, wordEnd } from './words.ts';

/** Index behind structured data at `at`: `-`, or elements in brackets whose quoted values may hold `]`; -1 when broken. */
function skipStructured(text: string, at: number): number {
  if (text.charCodeAt(at) === 45) return at + 1;
  let end = at;
  while (text.charCodeAt(end) === 91) {
    let quoted = false;
    for (end += 1; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code === 92 && quoted) end += 1;
      else if (code === 34) quoted = !quoted;
      else if (code === 93 && !quoted) break;
    }
    if (end >= text.length) return -1;
    end += 1;
  }
  return end > at ? end : -1;
}

/** `1 2003-10-11T22:14:15.003Z host app procid msgid [sd] message` behind the priority (RFC 5424, 6). False when it is something else. */
export function peelSyslog5424(text: string, at: number, clock: StampClock, header: Header): boolean {
  if (text.charCodeAt(at) !== 49 || text.charCodeAt(at + 1) !== 32) return false;
  let from = at + 2;
  let end = wordEnd(text, from);
  const nil = end === from + 1 && text.charCodeAt(from) === 45;
  const time = nil ? Number.NaN : clock.read(text, from);
  if (!nil && (Number.isNaN(time) || clock.end !== end)) return false;
  const words: string[] = [];
  for (let i = 0; i < 4; i++) {
    from = skipBlanks(text, end);
    end = wordEnd(text, from);
    const word = text.slice(from, end);
    words.push(word === '-' ? '' : word);
  }
  const data = skipBlanks(text, end);
  // Some leave the structured data out.
  const given = skipStructured(text, data);
  const behind = given < 0 ? data : given;
  header.time = time;
  [header.host, header.component, header.pid] = words as [string, string, string];
  header.other = [words[3], text.slice(data, behind)].filter((part) => part !== '' && part !== '-').join(' ');
  header.bodyAt = skipBlanks(text, behind);
  // Without a message the data are one.
  if (header.bodyAt >= text.length) header.bodyAt = data;
  if (text.charCodeAt(header.bodyAt) === 0xfeff) header.bodyAt += 1;
  return true;
}

/** Host, program, process, message id and structured data, as a receiver of RFC 5424 writes them behind the stamp. */
const words = /^(\S+) (\S+) (\d+|-) (\S+) (-|(?:\[[\w.-]+(?:@\d+)?(?: [\w.@-]+="(?:[^"\\]|\\.)*")*\])+)(?: |$)/;

/** The same fields where the priority was left out. False when it is something else. */
export function peelWords5424(text: string, at: number, header: Header): boolean {
  const found = words.exec(text.slice(at, at + 2048));
  if (!found || (found[5] === '-' && found[4] !== '-' && found[3] === '-')) return false;
  const [whole, host = '', program = '', pid = '', id = '', data = ''] = found;
  if (data !== '-' && !data.includes('@') && !data.includes('=')) return false;
  header.host = host === '-' ? '' : host;
  header.component = program === '-' ? '' : program;
  header.pid = pid === '-' ? '' : pid;
  header.other = [id, data].filter((part) => part !== '-').join(' ');
  header.bodyAt = skipBlanks(text, at + whole.length);
  return true;
}
