import { rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { bundledProgram } from '../../bench/support/program.ts';
import { readOtlpProtobuf } from '../../src/sources/http/shippers/otlpProtobuf.ts';
import { programRun, type ProgramRun } from '../support/runs/programRun.ts';
import { temporaryFolder } from '../support/testIo.ts';

const lines = 4_000;
/** After which request of a run it is killed, and whether the receiver has answered by then. */
const kills = [
  { after: 5, answered: false },
  { after: 12, answered: true },
  { after: 3, answered: false },
  { after: 20, answered: false },
];

interface Push {
  streams: { stream: Record<string, string>; values: [string, string][] }[];
}

/** What a receiver has taken: under each id what it holds, and how often it came. */
class Kept {
  readonly texts = new Map<string, Set<string>>();
  came = 0;

  take(id: string, text: string): void {
    this.came += 1;
    this.texts.set(id, (this.texts.get(id) ?? new Set()).add(text));
  }
}

describe('a run that ships to Loki and to a Collector', function () {
  this.timeout(180_000);
  const folder = temporaryFolder();
  let program: string;
  let server: Server;
  let url: string;
  let loki: Kept;
  let otlp: Kept;
  /** Called with each request, before and after its answer. */
  let requested: (answered: boolean) => void;

  before(async () => {
    program = await bundledProgram('killed-shipping');
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('error', () => undefined);
      request.on('end', () => {
        const body = Buffer.concat(parts);
        if (request.url === '/v1/logs')
          for (const record of readOtlpProtobuf(gunzipSync(body)))
            otlp.take(String(record['log.record.uid']), `${String(record['event_name'])} ${String(record['message'])}`);
        else
          for (const { stream, values } of (JSON.parse(body.toString()) as Push).streams)
            for (const [nanos, line] of values) loki.take(JSON.stringify([stream, nanos, line]), line);
        requested(false);
        response.on('finish', () => requested(true));
        response.end(request.url === '/v1/logs' ? '' : '{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const start = Date.UTC(2026, 2, 14);
    const line = (n: number) =>
      `${new Date(start + n * 200).toISOString()} ${n % 701 === 0 ? `ERROR disk ${n} failed` : `INFO request ${n} of user ${n % 17} took ${n % 31} ms`}\n`;
    writeFileSync(folder.file('app.log'), Array.from({ length: lines }, (_, n) => line(n)).join(''));
  });
  after(async () => {
    rmSync(program);
    server.closeAllConnections();
    await new Promise<void>((resolve) => void server.close(() => resolve()));
  });
  beforeEach(() => {
    [loki, otlp] = [new Kept(), new Kept()];
    requested = () => undefined;
  });

  function start(name: string): ProgramRun {
    const file = folder.file(`${name}.yaml`);
    writeFileSync(
      file,
      `name: shop
checkpoint: { events: 500, every: 1h }
sources: { app: { file: { path: "${folder.file('app.log')}" } } }
operators:
  - group_by: { key: group_id }
  - memory: { window: 1m }
  - rank: {}
  - rules: [{ name: new-error, when: { state: new, min_level: error } }]
sinks:
  loki: { loki: { url: "${url}", select: [event, radar, finding], batch: 100, max_outbox: 300 } }
  otlp: { otlp: { url: "${url}", select: [event, radar, finding], batch: 100, max_outbox: 300 } }
`,
    );
    return programRun(program, ['run', file, '--data-dir', folder.file(`data-${name}`), '--quiet'], { HOME: folder.path });
  }

  it('and is killed again and again loses nothing, and what comes twice has one id', async () => {
    const clean = start('clean');
    expect(await clean.over(), clean.said()).to.equal(0);
    const whole = { loki: [...loki.texts.keys()].toSorted(), otlp: [...otlp.texts.keys()].toSorted() };
    expect(whole.otlp.length).to.be.greaterThan(lines);
    // The same records, one by one.
    expect([whole.loki.length, loki.came, otlp.came]).to.deep.equal([whole.otlp.length, whole.otlp.length, whole.otlp.length]);

    [loki, otlp] = [new Kept(), new Kept()];
    for (const { after, answered } of kills) {
      const run = start('killed');
      let count = 0;
      requested = (isAnswered) => {
        if (isAnswered !== answered) return;
        count += 1;
        if (count === after) run.child.kill('SIGKILL');
      };
      expect(await run.over(), run.said()).to.equal('SIGKILL');
    }
    requested = () => undefined;
    const last = start('killed');
    expect(await last.over(), last.said()).to.equal(0);
    expect([...loki.texts.keys()].toSorted()).to.deep.equal(whole.loki);
    expect([...otlp.texts.keys()].toSorted()).to.deep.equal(whole.otlp);
    // Some of it came twice, and was the same.
    expect(otlp.came).to.be.greaterThan(whole.otlp.length);
    for (const texts of [...otlp.texts.values(), ...loki.texts.values()]) expect(texts.size).to.equal(1);
  });
});
