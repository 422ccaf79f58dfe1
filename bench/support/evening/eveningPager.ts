import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a receiver was told of one run. */
export interface Told {
  /** Messages by the key under which they came. */
  bodies: Map<string, string>;
  /** Messages that came under the key of another and were not the same. */
  contradictions: number;
  messages: number;
}

/** A receiver of messages, a path each for several runs. It answers some of them with 503, and goes away for as long as it is told to. */
export async function eveningPager(random: () => number, failing = 0.05) {
  const told = new Map<string, Told>();
  let isAway = false;
  const of = (path: string): Told => {
    const known = told.get(path) ?? { bodies: new Map(), contradictions: 0, messages: 0 };
    told.set(path, known);
    return known;
  };
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      if (isAway || random() < failing) return void response.writeHead(503).end();
      const one = of(request.url!);
      const key = String(request.headers['idempotency-key']);
      const before = one.bodies.get(key);
      if (before !== undefined && before !== body) one.contradictions += 1;
      one.bodies.set(key, body);
      one.messages += 1;
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    told: of,
    away(is: boolean): void {
      isAway = is;
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}

/** Which of these troubles the messages name, in their titles or among what moved together, in order. */
export const named = ({ bodies }: Told, troubles: readonly string[]): string[] => {
  const all = [...bodies.values()].join('\n');
  return troubles.filter((trouble) => all.includes(trouble));
};
