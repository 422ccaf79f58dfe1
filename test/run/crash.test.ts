import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { crash } from '../../bench/support/crashing.ts';
import { bundledProgram } from '../../bench/support/program.ts';
import { eventLines } from '../support/durableRun.ts';
import { programRun, type ProgramRun } from '../support/runs/programRun.ts';

describe('a program that is killed', () => {
  let folder: string;
  let program: string;
  const running: ProgramRun[] = [];
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'caducus-crash-'));
    program = await bundledProgram('crash-test');
  });
  afterEach(() => running.splice(0).forEach(({ child }) => child.kill('SIGKILL')));
  after(() => {
    rmSync(folder, { recursive: true, force: true });
    rmSync(program);
  });

  // `npm run test:crash` does the same with 200,000 events, fifty kills and three seeds.
  it('three times at random moments loses nothing, doubles nothing, and writes the bytes of a run left alone', async () => {
    const outcome = await crash({ program, folder: join(folder, 'work'), events: 3000, every: 250, kills: 3, seed: 11, fsync: 'never' });
    expect(outcome.kills).to.be.at.least(3);
    expect(outcome).to.deep.include({ lost: 0, duplicated: 0, same: { 'radar.ndjson': true, 'events/': true } });
  }).timeout(120_000);

  /** The program on a pipeline that reads what is piped in. */
  function piped(name: string, sink: string, more: string[] = [], env: NodeJS.ProcessEnv = {}): ProgramRun {
    const file = join(folder, `${name}.yaml`);
    writeFileSync(
      file,
      `name: ${name}\nsources: { in: { stdin: { format: ndjson } } }\noperators: [{ group_by: { key: group_id } }, { memory: { window: 1m } }]\nsinks: { out: ${sink} }\n`,
    );
    const run = programRun(program, ['run', file, '--data-dir', join(folder, name), ...more], { HOME: folder, ...env });
    running.push(run);
    return run;
  }

  const written = (name: string) => readFileSync(join(folder, `${name}.ndjson`), 'utf8');
  const ndjson = (name: string) => `{ ndjson: { path: "${join(folder, `${name}.ndjson`)}", select: [event, blip] } }`;
  const journalOf = (name: string) => join(folder, name, 'state', name, 'arrivals');

  it('keeps what was piped into it and journalled, and goes on with the next pipe', async () => {
    const lines = eventLines(120).trimEnd().split('\n');
    const first = piped('piped', ndjson('piped'));
    first.child.stdin!.write(`${lines.slice(0, 70).join('\n')}\n`);
    await first.until(journalOf('piped'), '"e0000069"');
    first.child.kill('SIGKILL');
    expect(await first.over()).to.equal('SIGKILL');
    const [second, whole] = [piped('piped', ndjson('piped')), piped('whole', ndjson('whole'))];
    second.child.stdin!.end(`${lines.slice(70).join('\n')}\n`);
    whole.child.stdin!.end(`${lines.join('\n')}\n`);
    expect(await second.over(), second.said()).to.equal(0);
    expect(await whole.over(), whole.said()).to.equal(0);
    expect(second.said()).not.to.contain('keeps no checkpoints');
    expect(written('piped')).to.equal(written('whole'));
  }).timeout(100_000);

  it('told to end while its pipe stays open, saves its state and exits 0', async () => {
    const calm = piped('calm', ndjson('calm'));
    calm.child.stdin!.write(eventLines(20));
    await calm.until(journalOf('calm'), '"e0000019"');
    calm.child.kill('SIGTERM');
    expect(await calm.over(), calm.said()).to.equal(0);
    expect(written('calm').match(/"id":"e00000\d\d"/g)).to.have.length(20);
  }).timeout(100_000);

  it('told to end exits 75 with what is under way when a sink does not let go', async () => {
    const module = fileURLToPath(new URL('../support/runs/stuckSink.mjs', import.meta.url));
    const stuck = piped('stuck', '{ stuck: {} }', ['--require', module], { CADUCUS_DRAIN_TIMEOUT: '200ms' });
    stuck.child.stdin!.write(eventLines(20));
    await stuck.until(journalOf('stuck'), '"e0000019"');
    stuck.child.kill('SIGTERM');
    expect(await stuck.over(), stuck.said()).to.equal(75);
    expect(stuck.said()).to.match(/CAD050.*still under way after 0.2 s: sink out: writing 20 signals/);
  }).timeout(100_000);

  it('told to end a second time stops at once', async () => {
    const module = fileURLToPath(new URL('../support/runs/stuckSink.mjs', import.meta.url));
    const stuck = piped('twice', '{ stuck: {} }', ['--require', module], { CADUCUS_DRAIN_TIMEOUT: '1h' });
    stuck.child.stdin!.write(eventLines(20));
    await stuck.until(journalOf('twice'), '"e0000019"');
    stuck.child.kill('SIGTERM');
    // The same signal twice at once may be delivered as one.
    stuck.child.kill('SIGINT');
    expect(await stuck.over(), stuck.said()).to.equal(130);
  }).timeout(100_000);

  it('told to end before anything looks at that stops at once', async () => {
    const module = join(folder, 'waits.mjs');
    const marks = join(folder, 'marks');
    writeFileSync(
      module,
      `import { mkdirSync, writeFileSync } from 'node:fs';
mkdirSync(${JSON.stringify(marks)});
writeFileSync(${JSON.stringify(join(marks, 'm.ndjson'))}, 'waiting');
setInterval(() => {}, 1000);
await new Promise(() => {});
`,
    );
    const early = piped('early', ndjson('early'), ['--require', module]);
    await early.until(marks, 'waiting');
    early.child.kill('SIGTERM');
    expect(await early.over(), early.said()).to.equal(130);
  }).timeout(100_000);
});
