import { expect } from 'chai';
import { from, toArray } from 'rxjs';
import type { Flow } from '../../src/kernel/defineOperator.ts';
import type { Blip, BlipSignal } from '../../src/signal.ts';
import { memory } from '../../operators/memory.ts';
import { drafts, parseAll } from '../formats/parse.ts';
import { eventSignal } from '../../src/testing.ts';

const MINUTE = 60_000;
const T0 = Date.UTC(2024, 5, 3, 10);
const agents = ['Mozilla/5.0 (Windows NT 10.0) Chrome/126.0', 'Mozilla/5.0 (iPhone) Safari/604.1', 'okhttp/4.12.0', 'curl/8.5.0'];
const paths = ['/', '/cart', '/orders/{n}', '/items/{n}/photo', '/search?q={n}', '/login', '/static/app.{h}.js'];

/** A number from 0 to before 1 that looks like chance, the same for the same i. */
function chance(i: number): number {
  let x = Math.imul(i + 1, 0x9e3779b1) >>> 0;
  x = Math.imul(x ^ (x >>> 15), 0x85ebca6b) >>> 0;
  return ((x ^ (x >>> 13)) >>> 0) / 2 ** 32;
}

interface Answer {
  time: Date;
  path: string;
  status: number;
  bytes: number;
  ip: string;
  agent: string;
}

/** An hour of answers as they should be, one a second, and five minutes in which a share is 502. */
function answers(share: number): Answer[] {
  return Array.from({ length: 65 * 60 }, (_, i) => {
    const failed = i >= 3600 && chance(i * 7) < share;
    const path = paths[Math.floor(chance(i * 3) * paths.length)]!.replace('{n}', String(Math.floor(chance(i * 5) * 90_000))).replace(
      '{h}',
      (i * 7919).toString(16),
    );
    const status = failed ? 502 : chance(i * 11) < 0.03 ? 404 : chance(i * 11) < 0.1 ? 304 : 200;
    return {
      time: new Date(T0 + i * 1000),
      path,
      status,
      bytes: Math.floor(chance(i * 13) * 40_000),
      ip: `203.0.113.${1 + (i % 250)}`,
      agent: agents[i % 4]!,
    };
  });
}

const clf = (time: Date) => `${String(time.getUTCDate()).padStart(2, '0')}/Jun/2024:${time.toISOString().slice(11, 19)} +0000`;
const writers: Record<string, (a: Answer) => string> = {
  combined: ({ time, path, status, bytes, ip, agent }) =>
    `${ip} - - [${clf(time)}] "GET ${path} HTTP/1.1" ${status} ${bytes} "-" "${agent}"`,
  'with bars': ({ time, path, status, bytes, ip }) => `${time.toISOString()} | ${status} | ${bytes / 1000}ms | ${ip} | GET  "${path}"`,
  'JSON fields': ({ time, path, status, bytes, ip }) => JSON.stringify({ time, remote_addr: ip, method: 'GET', uri: path, status, bytes }),
  'logfmt message': ({ time, path, status, bytes }) =>
    `ts=${time.toISOString()} level=info msg="GET ${path} (${status}) ${bytes / 1000}ms"`,
  'a status beside the message': ({ time, path, status, bytes }) =>
    JSON.stringify({
      level: 30,
      time: time.getTime(),
      req: { method: 'GET', url: path },
      res: { statusCode: status },
      responseTime: bytes,
      msg: 'request completed',
    }),
  'a load balancer': ({ time, path, status, bytes, ip }) =>
    `https ${time.toISOString()} app/shop/50dc ${ip}:2817 192.0.2.1:80 0.086 0.048 0.037 ${status} ${status} 0 ${bytes} "GET https://shop.example:443${path} HTTP/1.1" "curl/8" - -`,
};

/** The blips of the last window, highest score first. */
function lastWindow(lines: readonly string[]): Blip[] {
  const signals = drafts(parseAll('auto', `${lines.join('\n')}\n`)).map(({ text, time, metadata }) =>
    eventSignal(text, time, { metadata }),
  );
  let out: Flow[] = [];
  from(signals)
    .pipe(memory({ window: 5 * MINUTE, early: 0 }), toArray())
    .subscribe((all) => (out = all));
  const blips = out.filter((s): s is BlipSignal => s.kind === 'blip').map(({ blip }) => blip);
  return blips.filter(({ start }) => start === blips.at(-1)!.start).sort((a, b) => b.score - a.score);
}

describe('memory over access logs', () => {
  for (const [name, write] of Object.entries(writers)) {
    for (const share of [0.6, 0.1]) {
      it(`puts an outage of ${share * 100} % of the answers on top, as an error: ${name}`, () => {
        const [first] = lastWindow(answers(share).map(write));
        expect(first!.level).to.equal('ERROR');
        expect(first!.score).to.be.at.least(60);
        expect(first!.pattern).to.match(/^GET \/\S* 5xx/);
      });
    }
    it(`stays calm while all is well: ${name}`, () => {
      const blips = lastWindow(answers(0).map(write));
      expect(blips[0]!.score).to.be.below(50);
      // One pattern a resource and class, not one a client, number or query.
      expect(blips.length).to.be.within(7, 21);
    });
  }
});
