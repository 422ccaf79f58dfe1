import { expect } from 'chai';
import { TemplateIndex } from '../../../src/memory/templates/templateIndex.ts';
import { makePattern } from '../../../src/memory/topics/label.ts';

/** Numbers that look like chance, the same for the same seed. */
function chances(seed: number): (below: number) => number {
  let x = seed >>> 0;
  return (below) => {
    x = (x + 0x6d2b79f5) >>> 0;
    let t = Math.imul(x ^ (x >>> 15), 1 | x);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
type Chance = ReturnType<typeof chances>;

const some = (n: number, letters: string, c: Chance): string =>
  Array.from({ length: n }, () => [...letters][c([...letters].length)]!).join('');
const hex = (n: number, c: Chance) => some(n, '0123456789abcdef', c);
const lower = 'abcdefghijklmnopqrstuvwxyz';
const word = (c: Chance) => some(3 + c(6), lower, c);
const base64 = `${lower}${lower.toUpperCase()}0123456789`;
const two = (n: number) => String(n).padStart(2, '0');
const day = (c: Chance) => `20${10 + c(16)}-${two(1 + c(12))}-${two(1 + c(28))}`;
const time = (c: Chance) => `${two(c(24))}:${two(c(60))}:${two(c(60))}`;
const octets = (c: Chance) => Array.from({ length: 4 }, () => 1 + c(254)).join('.');

/** How values of each kind are written; of each, lines that differ in nothing else must be one pattern. */
const kinds: Record<string, (c: Chance) => string> = {
  integer: (c) => String(c(100_000)),
  'negative number': (c) => String(-c(500)),
  decimal: (c) => (c(100_000) / 1000).toFixed(c(4)),
  'number in groups': (c) => (1 + c(9_999_999)).toLocaleString('en'),
  scientific: (c) => `${(c(900) / 100 + 1).toFixed(2)}e${c(2) ? '-' : '+'}${two(c(20))}`,
  percentage: (c) => `${c(1000) / 10}%`,
  ratio: (c) => `${c(100)}/${100 + c(100)}`,
  'hex number': (c) => `0x${hex(1 + c(16), c)}`,
  uuid: (c) => `${hex(8, c)}-${hex(4, c)}-${hex(4, c)}-${hex(4, c)}-${hex(12, c)}`,
  'uuid in capitals and braces': (c) => `{${hex(8, c)}-${hex(4, c)}-${hex(4, c)}-${hex(4, c)}-${hex(12, c)}}`.toUpperCase(),
  ulid: (c) => `01${some(24, '0123456789ABCDEFGHJKMNPQRSTVWXYZ', c)}`,
  'object id': (c) => hex(24, c),
  'short commit': (c) => hex(7, c),
  'digest with its name': (c) => `sha256:${hex(64, c)}`,
  IPv4: octets,
  'IPv4 and port': (c) => `${octets(c)}:${1024 + c(60_000)}`,
  'IPv4 network': (c) => `${octets(c)}/${8 + c(24)}`,
  IPv6: (c) => Array.from({ length: 8 }, () => hex(1 + c(4), c)).join(':'),
  'IPv6, short': (c) => `fe80::${hex(4, c)}:${hex(4, c)}`,
  'IPv6 and port': (c) => `[2001:db8::${hex(1 + c(4), c)}]:${1024 + c(60_000)}`,
  MAC: (c) => Array.from({ length: 6 }, () => hex(2, c)).join(':'),
  'host name': (c) => `${word(c)}-${c(20)}.${word(c)}.internal.example.com`,
  'e-mail address': (c) => `${word(c)}.${word(c)}@${word(c)}.example.com`,
  URL: (c) => `https://${word(c)}.example.com/${word(c)}/${c(1000)}?q=${word(c)}&page=${c(9)}`,
  path: (c) => `/var/${word(c)}/${word(c)}-${c(99)}.log`,
  'Windows path': (c) => `C:\\Users\\${word(c)}\\${word(c)}${c(99)}.txt`,
  base64: (c) => `${some(40 + 4 * c(5), base64, c)}==`,
  'base64url token': (c) => some(43, `${base64}-_`, c),
  JWT: (c) => `eyJ${some(33, base64, c)}.eyJ${some(80, base64, c)}.${some(43, `${base64}-_`, c)}`,
  ARN: (c) => `arn:aws:sqs:eu-west-${1 + c(3)}:${some(12, '0123456789', c)}:${word(c)}-${word(c)}`,
  'Kubernetes pod': (c) => `orders-${some(9, 'bcdfghjklmnpqrstvwxz2456789', c)}-${some(5, 'bcdfghjklmnpqrstvwxz2456789', c)}`,
  semver: (c) => `v${c(20)}.${c(20)}.${c(20)}${c(2) ? `-rc.${c(9)}` : ''}`,
  date: day,
  'ISO stamp': (c) => `${day(c)}T${time(c)}${c(2) ? `.${some(3, '0123456789', c)}` : ''}Z`,
  'stamp with blanks': (c) => `${day(c)} ${time(c)}`,
  'clock time': time,
  'date with names': (c) =>
    `${['Mon', 'Tue', 'Wed'][c(3)]}, ${two(1 + c(28))} ${['Jan', 'Jun', 'Oct'][c(3)]} 20${10 + c(16)} ${time(c)} GMT`,
  duration: (c) => `${c(9000)}ms`,
  'duration in many units': (c) =>
    [`${c(900)}ms`, `${c(60)}.${c(9)}s`, `${c(60)}m${c(60)}s`, `${1 + c(20)}h${c(60)}m${c(60)}s`, `${c(900)}µs`][c(5)]!,
  'ISO duration': (c) => `PT${c(24)}H${c(60)}M${c(60)}S`,
  size: (c) => `${c(1000)}.${c(9)} ${['KB', 'MB', 'GiB'][c(3)]}`,
  money: (c) => `$${c(900)}.${two(c(100))}`,
  'money in euros': (c) => `${c(900)},${two(c(100))} €`,
  coordinates: (c) => `${c(90)}.${some(6, '123456789', c)},-${c(90)}.${some(6, '123456789', c)}`,
  phone: (c) => `+49${some(10, '0123456789', c)}`,
  boolean: (c) => (c(2) ? 'true' : 'false'),
  'Chinese name in quotes': (c) => `"${some(2 + c(3), '王李张刘陈杨黄赵吴周徐孙', c)}"`,
  'Arabic name in quotes': (c) => `"${some(3 + c(4), 'ابتثجحخدذرزسش', c)}"`,
  'emoji in quotes': (c) => `"${some(1 + c(3), '😀🚀🔥💥🎉🐛', c)}"`,
  'name with accents in quotes': (c) => `"${some(4 + c(4), 'äöüßéèñçå', c)}"`,
  'free text in quotes': (c) => `"${Array.from({ length: 1 + c(4) }, () => word(c)).join(' ')}"`,
  'thread name': (c) => `http-nio-8080-exec-${c(200)}`,
  'memory address': (c) => `com.example.Job@${hex(8, c)}`,
  'list of numbers': (c) => `[${Array.from({ length: 1 + c(5) }, () => c(100)).join(', ')}]`,
  rate: (c) => `${c(900)}.${c(9)} ${['MB/s', 'req/s', 'kbps', 'Mbps'][c(4)]}`,
  temperature: (c) => `${c(90)}°C`,
  'process of Erlang': (c) => `<0.${c(9000)}.${c(3)}>`,
  colour: (c) => `#${hex(6, c)}`,
  'image with its digest': (c) => `registry.example.com/${word(c)}/${word(c)}:v${c(9)}.${c(20)}.${c(9)}@sha256:${hex(64, c)}`,
  'object in a bucket': (c) => `s3://${word(c)}-${word(c)}/${word(c)}/${c(1000)}.parquet`,
  'card number': (c) => Array.from({ length: 4 }, () => some(4, '0123456789', c)).join(' '),
  IBAN: (c) => `DE${some(20, '0123456789', c)}`,
  'licence key': (c) => Array.from({ length: 4 }, () => some(5, 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789', c)).join('-'),
  traceparent: (c) => `00-${hex(32, c)}-${hex(16, c)}-0${c(2)}`,
  'bytes in hex': (c) => Array.from({ length: 4 }, () => hex(2, c)).join(' '),
  ordinal: (c) => ['1st', '2nd', '3rd', '4th', '11th', '22nd'][c(6)]!,
  'time zone': (c) =>
    ['Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Africa/Cairo', 'Australia/Perth', 'Europe/Oslo', 'Asia/Seoul'][c(7)]!,
  'container id': (c) => hex(12, c),
  'Java class and hash': (c) => `[com.example.${some(6, lower, c)}.Job@${hex(6, c)}]`,
  'quoted number': (c) => `'${c(1000)}'`,
  'number with a sign in front': (c) => `#${c(10_000)}`,
  'range of numbers': (c) => `${c(100)}..${100 + c(100)}`,
  version: (c) => `${c(20)}.${c(20)}.${c(20)}.${c(9999)}`,
  'partition of a topic': (c) => `${word(c)}.${word(c)}-${c(32)}`,
  'query parameter': (c) => `?user=${word(c)}&page=${c(100)}`,
  'Windows SID': (c) => `S-1-5-21-${some(9, '123456789', c)}-${some(9, '123456789', c)}-${1000 + c(9000)}`,
  'registry key': (c) => `HKLM\\Software\\${word(c)}\\${word(c)}`,
  'Japanese text in quotes': (c) => `「${some(3 + c(4), 'あいうえおかきくけこ読込失敗', c)}」`,
  'request id': (c) => `req_${some(14, base64, c)}`,
};

const frames: Record<string, (value: string) => string> = {
  'between words': (value) => `worker saw ${value} and went on`,
  'at the end': (value) => `worker was given ${value}`,
  'behind a key': (value) => `worker done id=${value} state=fine`,
};

const patterns = (lines: readonly string[]): string[] => {
  const index = new TemplateIndex({ group: 'g' });
  lines.forEach((line, i) => index.learn(line, i, `e${i}`));
  return Array.from(index.all(), (template) => `${template.count} ${makePattern(template)}`);
};

describe('kinds of values', () => {
  for (const [kind, write] of Object.entries(kinds)) {
    it(`are one pattern: ${kind}`, () => {
      for (const [place, frame] of Object.entries(frames)) {
        const c = chances(7);
        const lines = Array.from({ length: 60 }, () => frame(write(c)));
        expect(patterns(lines), `${place}: ${lines[0]}`).to.have.length(1);
      }
    });
  }
});
