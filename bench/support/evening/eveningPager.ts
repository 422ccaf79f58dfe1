import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a receiver was told of one run. */
export interface Told {
  /** Messages by the key under which they came. */
  bodies: Map<string, string>;
  /** Messages that came under the key of another and told something else. */
  contradictions: number;
  messages: number;
}

/** What a message tells, but for its numbers: sent again after a restart, it has those of then. */
function newsOf(body: string): string {
  const { id, state, severity, title, since } = JSON.parse(body) as Record<string, unknown>;
  return JSON.stringify({ id, state, severity, title, since });
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
      if (before !== undefined && newsOf(before) !== newsOf(body)) one.contradictions += 1;
      one.bodies.set(key, body);
      one.messages += 1;
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    told: of,
    /** Over all that it was told. */
    contradictions: (): number => [...told.values()].reduce((sum, one) => sum + one.contradictions, 0),
    away(is: boolean): void {
      isAway = is;
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}

/** Ids of the findings whose messages name these troubles in their titles, by trouble: those of one run are those of another. */
export function opened({ bodies }: Told, troubles: readonly string[]): Map<string, string> {
  const found = new Map<string, Set<string>>();
  for (const body of bodies.values()) {
    const { id, title } = JSON.parse(body) as { id: string; title: string };
    const trouble = troubles.find((one) => title.includes(one));
    if (trouble !== undefined) found.set(trouble, (found.get(trouble) ?? new Set()).add(id));
  }
  return new Map([...found].map(([trouble, ids]) => [trouble, [...ids].toSorted().join(' ')]));
}
