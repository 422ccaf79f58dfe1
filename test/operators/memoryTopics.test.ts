import { expect } from 'chai';
import { Subject, from, toArray } from 'rxjs';
import { RunClock, type Flow, type Instance } from '../../src/kernel/defineOperator.ts';
import { memory } from '../../operators/memory.ts';
import { foldRows } from '../../src/memory/ranking/foldRows.ts';
import type { VectorsSignal } from '../../src/memory/topics/vectors.ts';
import type { Blip, BlipSignal } from '../../src/signal.ts';
import { eventSignal } from '../../src/testing.ts';

function run(signals: readonly Flow[], options: Parameters<typeof memory>[0] = {}): Flow[] {
  let out: Flow[] = [];
  from(signals)
    .pipe(memory(options), toArray())
    .subscribe((all) => (out = all));
  return out;
}
const blipsIn = (out: readonly Flow[]): Blip[] => out.filter((s): s is BlipSignal => s.kind === 'blip').map(({ blip }) => blip);
/** Rows, as a radar of one window has them: blips are by template. */
const rowsIn = (out: readonly Flow[]): Blip[] => foldRows(blipsIn(out));

describe('the topics of memory', () => {
  it('joins templates that mean the same, and keeps apart what ended differently', () => {
    const texts = [
      'Connection to server alpha closed by remote host',
      'Connection to the server alpha closed by the remote host',
      'Connection to server alpha opened by remote host',
    ];
    const blips = rowsIn(
      run(
        texts.map((text, i) => eventSignal(text, i)),
        { early: 0 },
      ),
    );
    expect(blips.map(({ templates, count }) => [templates, count])).to.deep.equal([
      [2, 2],
      [1, 1],
    ]);
  });

  it('asks for vectors when the embedder is not its own, and folds topics together when they come', () => {
    const source = new Subject<Flow>();
    const out: Flow[] = [];
    let instance: Instance | undefined;
    source
      .pipe(memory.inRun({ embedder: 'http', early: 0 }, { clock: new RunClock(), attached: (one) => (instance = one) }))
      .subscribe((s) => out.push(s));
    const texts = ['node lost its data volume', 'data volume lost here on node', 'user logged in'];
    texts.forEach((text, i) => source.next(eventSignal(text, i)));
    expect(instance!.wants().get('')).to.deep.equal(texts);
    const vectors = texts.map((text, i) => ({ text, vector: i < 2 ? [1, 0] : [0, 1], space: 'm1' }));
    source.next({ kind: 'vectors', time: 3, key: '', vectors } as VectorsSignal);
    expect(instance!.wants().size).to.equal(0);
    source.next(eventSignal(texts[1]!, 4));
    source.complete();
    expect(rowsIn(out).map(({ count, templates }) => [count, templates])).to.deep.equal([
      [3, 2],
      [1, 1],
    ]);
    expect(out.some(({ kind }) => kind === 'vectors')).to.equal(false);
  });

  it('holds at most the topics it is given, and knows a forgotten one when it returns', () => {
    const word = (i: number, seed: string) =>
      `${seed}${'bcdfghjkmn'[i % 10]}${'aeiou'[Math.floor(i / 10) % 5]}${'prst'[Math.floor(i / 50)]}um`;
    const name = (i: number) => `${word(i, 'x')} ${word(i, 'v')}`;
    const signals = Array.from({ length: 100 }, (_, i) => eventSignal(name(i), i * 1000));
    const back = eventSignal(name(0), 500_000);
    const out = blipsIn(run([...signals, back], { window: '10s', maxTopics: 20, early: 0 }));
    const [first, last] = [out.find(({ label }) => label === name(0))!, out.at(-1)!];
    expect(last).to.include({ topic_id: first.topic_id, state: 'rare', total: 2, first_seen: first.first_seen });
  });
});
