import { expect } from 'chai';
import { CaducusError } from '../../src/errors.ts';
import type { Io } from '../../src/io.ts';
import { difference, durablePipeline, durableRun, eventLines, outputsOf } from '../support/durableRun.ts';
import { failingOnce } from '../support/failingOnce.ts';
import { memoryFiles, type MemoryFiles } from '../support/memoryFiles.ts';
import { virtualIo } from '../support/virtualIo.ts';

/** All that a pipeline has: rules, episodes, segments, a file an event, a file of results, a pager. */
const text = durablePipeline({
  every: 100,
  more: '  pager: { webhook: { format: json, url: "https://pager.example/hook", per_minute: 600 } }\n',
}).replace(
  'sinks:',
  `  - rules: [{ name: new-error, when: { state: new, min_level: error }, severity: critical }]
  - episodes: { window: 2m }
sinks:`,
);
const input = eventLines(300);

interface Told {
  id: string;
  state: string;
  title: string;
}

/** An outside with a disk of its own and a pager that takes everything. */
async function outside(): Promise<{ io: Io; files: MemoryFiles; told: Map<string, Told>; contradictions: () => string[] }> {
  const files = memoryFiles({ largest: 4000 });
  const file = await files.open('/in.ndjson', 'w');
  await file.write(Buffer.from(input));
  await file.close();
  const told = new Map<string, Told>();
  const bodies = new Map<string, string>();
  const contradictions: string[] = [];
  const io = virtualIo();
  const fetch: Io['net']['fetch'] = async (_, init) => {
    const body = String(init?.body);
    const key = new Headers(init?.headers).get('idempotency-key') ?? '';
    const { id, state, title, since } = JSON.parse(body) as Told & { since: string };
    // Sent again after a restart, it may have the numbers of then.
    const news = `${title} since ${since}`;
    if ((bodies.get(key) ?? news) !== news) contradictions.push(`${key}: ${news} after ${bodies.get(key)}`);
    bodies.set(key, news);
    told.set(id, { id, state, title });
    return new Response('{}');
  };
  return { io: { ...io, files, net: { ...io.net, fetch } }, files, told, contradictions: () => contradictions };
}

const run = (io: Io) => durableRun({ io, text });

/** Files that a run has to show, and what the pager knows of each finding in the end. */
const shown = (files: MemoryFiles, told: ReadonlyMap<string, Told>): Record<string, string> => ({
  ...outputsOf(files.texts()),
  pager: [...told.values()]
    .map((one) => JSON.stringify(one))
    .toSorted()
    .join('\n'),
});

describe('a run with rules, episodes, stores and a pager of which one call to the outside fails', () => {
  let whole: Record<string, string>;
  let calls: number;
  before(async () => {
    const { io, files, told } = await outside();
    const counting = failingOnce(io, Number.POSITIVE_INFINITY);
    await run(counting.io);
    whole = shown(files, told);
    calls = counting.calls();
    expect(told.size, 'findings of which the pager hears').to.be.greaterThan(0);
  });

  // Every call: `npm run test:faults`. Here every so many.
  const stride = Number(process.env['FAULT_STRIDE'] ?? 97);
  it('ends as one that never failed, after a restart where the failure ended it', async function () {
    this.timeout(3_600_000);
    const kinds = new Set<string>();
    for (let at = 1; at <= calls; at += stride) {
      const { io, files, told, contradictions } = await outside();
      const failing = failingOnce(io, at);
      const failure: unknown = await run(failing.io).then(
        () => null,
        (error: unknown) => error,
      );
      const what = `call ${at}, ${failing.failed()}`;
      kinds.add(String(failing.failed()).split(' ')[0]!);
      if (failure !== null)
        expect(failure, `${what}: ${String(failure)}`)
          .to.be.instanceOf(CaducusError)
          .with.property('exit', 74);
      await run(io);
      expect(difference(shown(files, told), whole), what).to.equal(null);
      expect(contradictions(), what).to.deep.equal([]);
    }
    expect([...kinds], 'of many kinds').to.include.members(['write', 'open', 'rename']);
  });

  it('sends again what the pager did not get', async () => {
    const { io, files, told } = await outside();
    let fails = true;
    const fetch: Io['net']['fetch'] = async (url, init) => {
      if (!fails) return io.net.fetch(url, init);
      fails = false;
      throw Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }) });
    };
    await run({ ...io, net: { ...io.net, fetch } });
    expect(fails).to.equal(false);
    expect(difference(shown(files, told), whole)).to.equal(null);
  });
});
