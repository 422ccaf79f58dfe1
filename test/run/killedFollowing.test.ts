import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { bundledProgram } from '../../bench/support/program.ts';
import { programRun, type ProgramRun } from '../support/runs/programRun.ts';
import { temporaryFolder } from '../support/testIo.ts';

/** Long enough for a busy machine, milliseconds. */
const patience = 60_000;
const perPhase = 60;
/** Lines of the first phase after which the run is killed while it reads on. */
const troubles = ['disk of the archive is full', 'no route to the warehouse', 'login refused: certificate expired', 'printer out of paper'];

interface Told {
  key: string;
  title: string;
  body: string;
}

describe('a run that follows a log, is killed again and again, and pages', function () {
  this.timeout(180_000);
  const folder = temporaryFolder();
  const log = folder.file('app.log');
  const data = folder.file('data');
  const told: Told[] = [];
  let program: string;
  let server: Server;
  let pipeline: string;
  let current: ProgramRun;
  let kills = 0;
  let written = 0;

  before(async () => {
    program = await bundledProgram('killed-following');
    server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (part: string) => (body += part));
      request.on('end', () => {
        told.push({ key: String(request.headers['idempotency-key']), title: (JSON.parse(body) as { title: string }).title, body });
        response.end('{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    pipeline = folder.file('p.yaml');
    writeFileSync(
      pipeline,
      `name: evening
checkpoint: { events: 25, every: 1s }
sources: { app: { file: { path: "${log}", follow: true, idle: 1s } } }
operators:
  - group_by: { key: group_id }
  - memory: { window: 2s, early: 1s }
  - rank: {}
  - rules: [{ name: new-error, when: { state: new, min_level: error }, severity: critical }]
sinks:
  store: { segments: {} }
  files: { folder: {} }
  pager: { webhook: { format: json, url: "http://127.0.0.1:${(server.address() as AddressInfo).port}" } }
`,
    );
  });
  after(async () => {
    current?.child.kill('SIGKILL');
    rmSync(program);
    server.closeAllConnections();
    await new Promise<void>((resolve) => void server.close(() => resolve()));
  });

  const start = () => (current = programRun(program, ['run', pipeline, '--data-dir', data, '--quiet'], { HOME: folder.path }));

  /** More lines, one of them an error with the lines of its stack. */
  function write(count: number, trouble?: string): void {
    const lines = Array.from({ length: count }, (_, i) => {
      const at = new Date().toISOString();
      const seq = `seq=${(written += 1)}`;
      return trouble !== undefined && i === Math.floor(count / 2)
        ? `${at} ERROR ${trouble} ${seq}\n    at open (disk.js:7)\n    at main (app.js:3)\n`
        : `${at} INFO request ${i} took ${i % 9} ms ${seq}\n`;
    });
    appendFileSync(log, lines.join(''));
  }

  /** As logrotate does it: the older ones move on by one. */
  function rotate(how: 'rename' | 'copytruncate'): void {
    for (let n = troubles.length; n >= 1; n -= 1) if (existsSync(`${log}.${n}`)) renameSync(`${log}.${n}`, `${log}.${n + 1}`);
    if (how === 'rename') renameSync(log, `${log}.1`);
    else {
      copyFileSync(log, `${log}.1`);
      truncateSync(log);
    }
  }

  const filesBelow = (path: string) =>
    existsSync(path)
      ? readdirSync(path, { recursive: true, encoding: 'utf8' })
          .filter((name) => /\.(?:nd)?json$/.test(name))
          .map((name) => readFileSync(join(path, name), 'utf8'))
      : [];
  /** Numbers of the lines that are in a store, in order; each as often as it is there. */
  const numbersIn = (texts: readonly string[]) =>
    texts.flatMap((text) => [...text.matchAll(/seq=(\d+)/g)].map(([, n]) => Number(n))).toSorted((a, b) => a - b);
  const stored = () => numbersIn(filesBelow(join(data, 'segments')));

  async function until(what: string, holds: () => boolean): Promise<void> {
    for (const began = performance.now(); !holds(); await wait(10)) {
      if (current.child.exitCode !== null) throw new Error(`ended before ${what}: ${current.said()}`);
      if (performance.now() - began > patience)
        throw new Error(`never ${what}: ${stored().length} of ${written} stored; ${current.said()}`);
    }
  }

  async function kill(): Promise<void> {
    current.child.kill('SIGKILL');
    expect(await current.over()).to.equal('SIGKILL');
    kills += 1;
  }

  it('loses no line and doubles none, through both kinds of rotation, and pages each trouble', async () => {
    writeFileSync(log, '');
    start();
    for (const [phase, trouble] of troubles.entries()) {
      const before = stored().length;
      write(perPhase, trouble);
      // In the midst of its work: some of the lines are stored, and more of them are still to come.
      await until(`some of phase ${phase} was stored`, () => stored().length > before + phase * 9);
      await kill();
      write(perPhase);
      rotate(phase % 2 === 0 ? 'rename' : 'copytruncate');
      write(perPhase);
      start();
    }
    write(1);
    // The last line may still grow by lines of its own until another one comes.
    await until('all was stored', () => stored().length >= written - 1);
    await until('all was told', () => troubles.every((trouble) => told.some(({ title }) => title.includes(trouble))));
    current.child.kill('SIGTERM');
    expect(await current.over(), current.said()).to.equal(0);

    expect(kills).to.equal(troubles.length);
    const all = Array.from({ length: written }, (_, i) => i + 1);
    const once = (numbers: readonly number[]) => numbers.filter((n) => n < written);
    expect(once(stored()), 'segments').to.deep.equal(all.slice(0, -1));
    expect(once(numbersIn(filesBelow(join(data, 'events')))), 'a file an event').to.deep.equal(all.slice(0, -1));
    const bodies = new Map(told.map(({ key, body }) => [key, body]));
    for (const { key, body } of told) expect(body, 'the same message under the same key').to.equal(bodies.get(key));
    // A trouble that was over before its message could leave is told once, as one that was.
    const findings = [...bodies.values()].map((body) => JSON.parse(body) as { id: string; state: string; title: string });
    for (const trouble of troubles) {
      const about = findings.filter(({ title }) => title.includes(trouble));
      expect(new Set(about.map(({ id }) => id)).size, trouble).to.equal(1);
      expect(about.filter(({ state }) => state === 'firing').length, trouble).to.be.at.most(1);
    }
  });
});
