import { expect } from 'chai';
import { Patterns } from '../../../src/memory/patterns/patterns.ts';
import { OpenWindows } from '../../../src/memory/windows/openWindows.ts';
import type { Topic } from '../../../src/memory/topics/topic.ts';
import { cellOf, HALF_LIFE, patternNamed } from '../../support/memory/patterns.ts';

const founding = { time: 0, window: 0, exposure: 0, novelty: 5, newPerWindow: 0 };

function group(...ids: string[]) {
  const windows = new OpenWindows();
  const patterns = new Patterns(windows, HALF_LIFE);
  const added = ids.map((id) => patterns.add(patternNamed(id, `text of ${id}`, founding)));
  return { windows, patterns, added };
}

describe('the patterns of a group', () => {
  it('are numbered in the order in which they were founded', () => {
    const { patterns, added } = group('a', 'b');
    expect(added.map(({ born }) => born)).to.deep.equal([0, 1]);
    expect([patterns.size, patterns.get('b'), patterns.get('c')]).to.deep.equal([2, added[1], undefined]);
  });

  it('become one with their templates, with what open windows hold of them', () => {
    const { patterns, windows, added } = group('a', 'b');
    const [a, b] = added;
    const window = windows.at(0);
    window.cells.set(a!, cellOf(2, 0)).set(b!, cellOf(3, 0));
    Object.assign(a!, { total: 2 });
    Object.assign(b!, { total: 3 });
    patterns.onMerge('a', 'b', undefined);
    expect([patterns.get('a'), patterns.get('b'), patterns.size]).to.deep.equal([undefined, b, 1]);
    expect(b).to.deep.include({ merged: ['a'], total: 5 });
    expect([...window.cells].map(([pattern, { count }]) => [pattern.id, count])).to.deep.equal([['b', 5]]);
  });

  it('take the id of a template that had no pattern', () => {
    const { patterns, added } = group('a');
    const topic = { ...added[0]!.topic, id: 'other' } as Topic;
    patterns.onMerge('a', 'x', topic);
    expect(patterns.get('x')).to.equal(added[0]);
    expect(added[0]).to.deep.include({ id: 'x', merged: ['a'], topic });
    const before = patterns.size;
    patterns.onMerge('nobody', 'noone', undefined);
    expect(patterns.size).to.equal(before);
  });

  it('go with their template, but for those that an open window holds: these go when it closes', () => {
    const { patterns, windows, added } = group('a', 'b');
    windows.at(0).cells.set(added[0]!, cellOf(1, 0));
    patterns.onEvict('a');
    patterns.onEvict('b');
    expect([patterns.get('a'), patterns.get('b')]).to.deep.equal([added[0], undefined]);
    patterns.sweep(() => false);
    expect(patterns.size).to.equal(1);
    windows.shift();
    patterns.sweep(() => false);
    expect(patterns.size).to.equal(0);
  });

  it('stay where their template has come back meanwhile', () => {
    const { patterns, windows, added } = group('a');
    windows.at(0).cells.set(added[0]!, cellOf(1, 0));
    patterns.onEvict('a');
    windows.shift();
    patterns.sweep((id) => id === 'a');
    expect(patterns.size).to.equal(1);
  });

  it('whose absence falls due are told for as long as a trend shows', () => {
    const { patterns, added } = group('a');
    added[0]!.missedAt = 100;
    expect(patterns.nextMissed()).to.equal(100);
    expect(patterns.missing(99, 5)).to.deep.equal([]);
    expect([patterns.missing(100, 5).length, patterns.missing(100, 16).length, patterns.missing(100, 17).length]).to.deep.equal([1, 1, 0]);
    expect(patterns.nextMissed()).to.equal(null);
  });

  it('can be missed while their trend is not all zero', () => {
    const { patterns, added } = group('a');
    Object.assign(added[0]!, { trend: [0, 2], window: 1 });
    patterns.folded(added[0]!);
    expect(patterns.active.size).to.equal(1);
    Object.assign(added[0]!, { trend: [0, 0] });
    patterns.folded(added[0]!);
    expect(patterns.active.size).to.equal(0);
  });

  it('change their version whenever a template may lead elsewhere', () => {
    const { patterns } = group('a', 'b');
    const versions = [patterns.version];
    patterns.onMerge('a', 'b', undefined);
    versions.push(patterns.version);
    patterns.onEvict('b');
    versions.push(patterns.version);
    expect(new Set(versions).size).to.equal(3);
  });

  it('are the same after a save and load', () => {
    const { patterns, added, windows } = group('a', 'b');
    Object.assign(added[0]!, { trend: [3], total: 3 });
    patterns.folded(added[0]!);
    const saved = patterns.save();
    const again = new Patterns(windows, HALF_LIFE);
    const topics = new Map(added.map(({ topic }) => [topic.id, topic]));
    again.load(
      JSON.parse(JSON.stringify(saved)),
      (id) => topics.get(id)!,
      (id) => `text of ${id}`,
    );
    expect(again.save()).to.deep.equal(saved);
    expect([...again.active].map(({ id }) => id)).to.deep.equal(['a']);
    expect(again.add(patternNamed('c', 'third', founding)).born).to.equal(2);
  });
});
