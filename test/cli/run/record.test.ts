import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { bundledProgram } from '../../../bench/support/program.ts';
import type { Mark, Signal } from '../../../src/signal.ts';
import { caducus } from '../../support/caducus.ts';
import { programRun, type ProgramRun } from '../../support/runs/programRun.ts';

const pipeline = (port: number, log: string) => `name: live
sources:
  alerts: { http: { listen: "127.0.0.1:${port}", format: ndjson } }
  log: { file: { path: "${log}", poll_interval: 20ms, flush_after: 20ms } }
  piped: { stdin: {} }
operators:
  - group_by: { key: group_id }
  - memory: { window: "\${WINDOW:-1s}" }
  - rank: { top: 8 }
  - rules:
      - { name: new-error, when: { state: new, min_level: error }, severity: critical }
sinks:
  out: { ndjson: { path: "\${config.data_dir}/out/live.ndjson", select: [event, radar, finding, mark] } }
`;

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Sends a record as soon as somebody listens. */
async function post(port: number, record: object): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: `${JSON.stringify(record)}\n` }).catch(
      (error: unknown) => {
        if (tries > 300) throw error;
        return null;
      },
    );
    if (answer) return expect(answer.status).to.equal(200) && undefined;
    await wait(50);
  }
}

describe('a run of three live sources that is recorded while somebody silences what it finds', function () {
  this.timeout(90_000);
  const folder = mkdtempSync(join(tmpdir(), 'caducus-recorded-'));
  const [data, log, recording] = ['d', 'app.log', 'rec'].map((name) => join(folder, name)) as [string, string, string];
  const outFolder = join(data, 'out');
  const live = () => readFileSync(join(outFolder, 'live.ndjson'), 'utf8');
  const stamp = () => new Date().toISOString();
  const silence = async (id: string) =>
    (await caducus(['silence', id, '--for', '2h', '--comment', 'disk is being swapped', '--data-dir', data], { env: { USER: 'ana' } }))
      .exit;
  let run: ProgramRun;
  let program = '';

  before(async () => {
    program = await bundledProgram('recorded-test');
    const port = await freePort();
    writeFileSync(log, '');
    writeFileSync(join(folder, 'live.yaml'), pipeline(port, log));
    run = programRun(program, ['run', join(folder, 'live.yaml'), '--follow', '--record', recording, '--data-dir', data, '--quiet'], {
      HOME: folder,
    });
    const said = async (n: number) => {
      await post(port, { timestamp: stamp(), text: `alert ${n} of the house`, level: 'warn', group_id: 'alerts:house' });
      appendFileSync(log, `${stamp()} INFO Store: request ${n} took ${n} ms\n`);
      run.child.stdin!.write(`${stamp()} INFO Cart: checkout ${n} done\n`);
      for (const text of [`alert ${n} of`, `request ${n} took`, `checkout ${n} done`]) await run.until(outFolder, text);
    };
    await said(1);
    appendFileSync(log, `${stamp()} ERROR Store: disk failure on dn2\n`);
    await run.until(outFolder, 'new-error');
    const { topic_id: id } = live()
      .split('\n')
      .map((line) => (line === '' ? {} : JSON.parse(line)) as Record<string, unknown>)
      .find((record) => record['rule'] === 'new-error') as { topic_id: string };
    // Ids are on disk a moment after they were shown.
    for (let tries = 0; (await silence(id)) !== 0; tries += 1) {
      if (tries > 200) throw new Error(`${id} was never shown; ${run.said()}`);
      await said(100 + tries);
    }
    await run.until(outFolder, 'disk is being swapped');
    await said(2);
    appendFileSync(log, `${stamp()} ERROR Store: disk failure on dn2\n`);
    await said(3);
    run.child.kill('SIGTERM');
    expect(await run.over(), run.said()).to.equal(0);
  });
  after(() => {
    run.child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
    rmSync(program);
  });

  const replayed = async (name: string, ...args: string[]) => {
    const to = join(folder, name);
    const { exit, err } = await caducus(['replay', recording, '--data-dir', to, ...args], { env: { HOME: folder } });
    expect(exit, err).to.equal(0);
    return to;
  };

  it('gives identical bytes again, silences and all', async () => {
    const again = readFileSync(join(await replayed('again'), 'out', 'live.ndjson'), 'utf8');
    expect(again).to.equal(live());
    expect(again).to.contain('disk is being swapped').and.to.contain('new-error');
  });

  it('heard all three, and what somebody said, in the order they came', () => {
    const records = live()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Partial<Signal> & Partial<Mark> & { source?: string });
    expect(new Set(records.flatMap(({ source }) => (source === undefined ? [] : [source])))).to.include.keys('alerts', 'log', 'piped');
    expect(records.some(({ type, text }) => type === 'silence' && text === 'disk is being swapped')).to.equal(true);
  });

  it('says readably what another window would change', async () => {
    const { exit, out } = await caducus(['replay', recording, '--diff', '--data-dir', join(folder, 'diff')], {
      env: { HOME: folder, WINDOW: '10s' },
    });
    expect(exit).to.equal(0);
    const [heading, blank, head, ...rows] = out.trimEnd().split('\n');
    expect(heading).to.match(/^DIFF {2}\d+ new, \d+ gone, \d+ moved, \d+ the same$/);
    expect(blank ?? '').to.equal('');
    if (rows.length > 0) expect(head).to.match(/^ {7}score {3}now {3}rank {3}now {2}group +pattern$/);
    for (const row of rows)
      expect(row).to.match(
        /^(?:new {2}|gone |moved) +(?:\d+|-) +(?:\d+|-) +(?:\d+|-) +(?:\d+|-) {2}(?:alerts:house|log:\S+|piped:\S+) +\S/,
      );
    for (const line of out.split('\n')) expect(line.length).to.be.at.most(96);
  });
});
