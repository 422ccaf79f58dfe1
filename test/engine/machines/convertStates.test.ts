import { expect } from 'chai';
import type { Arrival } from '../../../src/arrival.ts';
import { convertStates } from '../../../src/engine/machines/convertStates.ts';
import { DeskStage } from '../../../src/engine/machines/deskStage.ts';
import type { SavedFeed } from '../../../src/engine/machines/intakeFeed.ts';
import { decodeLeaving, decodeState, encodeArrivals, encodeState } from '../../../src/engine/machines/messages.ts';
import { PartitionStage } from '../../../src/engine/machines/partitionStage.ts';
import { joinPieces } from '../../../src/engine/machines/savedPartition.ts';
import { planEngine } from '../../../src/engine/planEngine.ts';
import type { Pipeline } from '../../../src/pipeline/definition.ts';
import { sourceHash } from '../../../src/run/checkpoint/snapshot.ts';
import type { Signal } from '../../../src/signal.ts';
import { eventAt } from '../../support/fakes.ts';
import { readText } from '../../support/engine/machines.ts';

const read = ({ memory = 'window: 1m', key = 'group_id' } = {}) =>
  readText(`name: p
sources: { in: { file: { path: /in.ndjson, format: ndjson, follow: true } } }
operators: [{ group_by: { key: ${key} } }, { memory: { ${memory} } }, { rank: {} }]
sinks: { radar: { ndjson: { path: /d/radar.ndjson, select: [radar, blip] } } }`);

const arrival = (from: number, to: number): Uint8Array => {
  const records: Signal[] = Array.from({ length: to - from }, (_, i) => eventAt((from + i) * 1000, `user ${i} came in`, `g${i % 7}`));
  return encodeArrivals([{ source: 'in', at: 0, given: records.length, left: 0, records } satisfies Arrival]);
};

/** A pipeline that has all of its keys in one hand, in the state that it is given. */
function open(pipeline: Pipeline, state: Uint8Array | null = null): DeskStage {
  const desk = new DeskStage(pipeline, null, 0, () => undefined);
  desk.load(state);
  return desk;
}

function give(desk: DeskStage, content: Uint8Array, n: number): readonly Signal[] {
  desk.split(content, n);
  const out = desk.merge([]);
  return out ? decodeLeaving(out).sinks[0]! : [];
}

/** What was closed: the state of all, and the place of the source. */
function close(pipeline: Pipeline): { whole: Uint8Array; sequencer: Uint8Array } {
  const desk = open(pipeline);
  give(desk, arrival(1, 90), 1);
  const [node] = pipeline.sources;
  const place = { id: 'in', hash: sourceHash(node!), position: { offset: 7 }, taken: 3, read: 89, reached: 89_000 };
  return { whole: desk.save(), sequencer: encodeState({ clock: 5, sources: [place] } satisfies SavedFeed) };
}

const convert = (states: ReturnType<typeof close>, pipeline: Pipeline, partitions = 3, acceptChanges = false) =>
  convertStates(states, { pipeline, cut: planEngine(pipeline).cut, partitions, acceptChanges });

describe('the states of a pipeline as another file goes on from them', () => {
  it('give what the whole gives, in any number of parts, each key in one of them', () => {
    const pipeline = read();
    const states = close(pipeline);
    const expected = give(open(pipeline, states.whole), arrival(90, 200), 2);
    expect(expected.filter(({ kind }) => kind === 'radar')).to.have.length(2);
    for (const partitions of [1, 2, 5]) {
      const { desk: state, partitions: parts, notes } = convert(states, pipeline, partitions);
      expect(notes).to.deep.equal([]);
      expect(parts).to.have.length(partitions);
      const keys = parts.flatMap((part) => joinPieces([part]).instance.keys.map(([key]) => key));
      expect(keys.toSorted()).to.deep.equal(['g0', 'g1', 'g2', 'g3', 'g4', 'g5', 'g6']);
      const desk = new DeskStage(pipeline, planEngine(pipeline).cut, partitions, () => undefined);
      desk.load(state);
      const hosts = parts.map((part) => {
        const host = new PartitionStage(pipeline.operators[1]!);
        host.load([part]);
        return host;
      });
      const made = desk.split(arrival(90, 200), 2).map((part, p) => hosts[p]!.step(part, 2));
      expect(decodeLeaving(desk.merge(made)!).sinks[0], `${partitions}`).to.deep.equal(expected);
    }
  });

  it('are one where the other file is not shared out, and are shared out from one that was not', () => {
    const [cut, uncut] = [read(), read({ memory: 'window: 1m, max_groups: 100' })];
    const expected = give(open(uncut, close(uncut).whole), arrival(90, 200), 2);
    const one = convert(close(cut), uncut, 0);
    expect(one.partitions).to.deep.equal([]);
    expect(give(open(uncut, one.desk), arrival(90, 200), 2)).to.deep.equal(expected);
    const shared = convert(close(uncut), cut);
    expect(shared.partitions.flatMap((part) => joinPieces([part]).instance.keys)).to.have.length(7);
  });

  it('say what became of what was known, and keep the places of the sources', () => {
    const changed = convert(close(read()), read({ memory: 'window: 2m' }));
    expect(changed.notes.join()).to.contain('memory').and.to.contain('window');
    expect(decodeState<SavedFeed>(changed.sequencer)).to.deep.include({ clock: 5 });
    expect(decodeState<SavedFeed>(changed.sequencer).sources[0]).to.include({ id: 'in', read: 89 });
  });

  it('are refused where they are kept by something else, unless that is accepted: then those start anew', () => {
    const other = read({ key: 'source' });
    expect(() => convert(close(read()), other))
      .to.throw('than its state was made with')
      .with.property('code', 'CAD042');
    const { partitions, notes } = convert(close(read()), other, 3, true);
    expect(partitions.flatMap((part) => joinPieces([part]).instance.keys)).to.deep.equal([]);
    expect(notes.join()).to.contain('operator group_by has another key');
  });
});
