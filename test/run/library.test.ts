import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { firstValueFrom, lastValueFrom, toArray, type Observable } from 'rxjs';
import { bundledProgram } from '../../bench/support/program.ts';
import type { CaducusError } from '../../src/errors.ts';
import { run } from '../../src/index.ts';
import type { Signal } from '../../src/signal.ts';
import { eventLines } from '../support/durableRun.ts';
import { programRun } from '../support/runs/programRun.ts';
import { testIo } from '../support/testIo.ts';

describe('run(file) in code', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'caducus-library-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const at = (name: string) => join(folder, name);
  const written = (name: string) => readFileSync(at(`${name}.ndjson`), 'utf8');
  /** A pipeline over a file of its own, with a data folder of its own. */
  function pipeline(name: string, input: string, { every = 100, more = '' } = {}): () => Observable<Signal> {
    writeFileSync(at(`${name}.log`), input);
    writeFileSync(
      at(`${name}.yaml`),
      `name: ${name}
checkpoint: { events: ${every}, every: 1h, fsync: false }
sources: { in: { file: { path: "${at(`${name}.log`)}", format: ndjson } } }
operators: [{ group_by: { key: group_id } }, { memory: { window: 1m } }, { rank: { top: 5 } }]
sinks: { out: { ndjson: { path: "${at(`${name}.ndjson`)}", select: [event, blip, radar] } } }
${more}`,
    );
    return () => run(at(`${name}.yaml`), { io: testIo(), dataDir: at(name) });
  }
  const signalsOf = (signals: Observable<Signal>) => lastValueFrom(signals.pipe(toArray()));
  const failureOf = (signals: Observable<Signal>) =>
    signalsOf(signals).then(
      () => null,
      (error: CaducusError) => error.code,
    );

  it('twice over a file: the second run adds nothing', async () => {
    const again = pipeline('twice', eventLines(250, { inOrder: true }));
    expect((await signalsOf(again())).filter(({ kind }) => kind === 'event')).to.have.length(250);
    const first = written('twice');
    const second = await signalsOf(again());
    expect(second.filter(({ kind }) => kind === 'event')).to.deep.equal([]);
    expect(written('twice')).to.equal(first);
  });

  it('goes on where it stood when the file has grown, to the bytes of one run over the whole', async () => {
    const inOrder = { inOrder: true };
    const [lines, whole] = [eventLines(300, inOrder), pipeline('whole', eventLines(300, inOrder))];
    const halves = pipeline('halves', eventLines(140, inOrder));
    await signalsOf(halves());
    appendFileSync(at('halves.log'), lines.slice(eventLines(140, inOrder).length));
    expect((await signalsOf(halves())).filter(({ kind }) => kind === 'event')).to.have.length(160);
    await signalsOf(whole());
    expect(written('halves').replaceAll(at('halves'), '')).to.equal(written('whole').replaceAll(at('whole'), ''));
  });

  it('killed in between loses nothing and doubles nothing', async () => {
    const program = await bundledProgram('library-test', new URL('../support/runs/libraryProgram.ts', import.meta.url));
    try {
      const input = eventLines(8000);
      const [killed, whole] = ['killed', 'unharmed'];
      for (const name of [killed, whole]) pipeline(name, input, { every: 500 });
      const start = (name: string) => programRun(program, [at(`${name}.yaml`), at(name)]);
      const first = start(killed);
      await first.until(folder, '"e0000900"');
      first.child.kill('SIGKILL');
      expect(await first.over(), first.said()).to.equal('SIGKILL');
      for (const run of [start(killed), start(whole)]) expect(await run.over(), run.said()).to.equal(0);
      expect(written(killed)).to.equal(written(whole));
    } finally {
      rmSync(program);
    }
  }).timeout(100_000);

  it('unsubscribed from comes to its end before the next run of the pipeline begins', async () => {
    const again = pipeline('left', eventLines(250));
    await firstValueFrom(again());
    await signalsOf(again());
    expect(new Set(written('left').match(/"id":"e\d+"/g)).size).to.equal(250);
    expect(written('left').match(/"id":"e\d+"/g)).to.have.length(250);
  });

  it('holds the lock of its state: a second one beside it is refused', async () => {
    const again = pipeline('beside', eventLines(250));
    const [one, other] = await Promise.all([failureOf(again()), failureOf(again())]);
    expect([one, other].toSorted()).to.deep.equal(['CAD041', null]);
  });

  it('fails as the program does when more is rejected than the file allows', async () => {
    const again = pipeline('rejecting', `${eventLines(3)}no JSON\n`, { more: 'max_rejected: 0\n' });
    expect(await failureOf(again())).to.equal('CAD019');
  });
});
