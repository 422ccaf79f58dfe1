import { expect } from 'chai';
import fc from 'fast-check';
import { toIso, type Event } from '../../../src/event.ts';
import { analyze, defaultAnalyzeConfig } from '../../../src/memory/classic/analyze.ts';
import { classicLine, classicLines } from '../../../src/memory/classic/classicLines.ts';
import { DAY } from '../../../src/memory/classic/weights.ts';

const GROUP = 'hdfs-demo:DataNode';
const eventsOf = (...texts: [text: string, time: number][]): Event[] =>
  texts.map(([text, time], i) => ({
    id: `e${String(i).padStart(4, '0')}`,
    timestamp: toIso(time),
    source: 'hdfs-demo',
    group_id: GROUP,
    text,
    metadata: {},
  }));
const demo = eventsOf(
  ['Receiving block blk_1 src: /10.0.0.1:50010 dest: /10.0.0.2:50010', 1000],
  ['Receiving block blk_2 src: /10.0.0.3:50010 dest: /10.0.0.4:50010', 2000],
  ['PacketResponder 1 for block blk_1 terminating', 3000],
);

describe('analyze', () => {
  it('prints the classic lines', () => {
    const analysis = analyze(GROUP, demo);
    expect(classicLines(analysis)).to.deep.equal([
      `Group: hdfs-demo:DataNode  Texts: 3  Run: ${analysis.run.run_id}`,
      '   1. receiving block, block  [weight=warm temporal=new]  n=2',
      '   2. packetresponder, block  [weight=warm temporal=new]  n=1',
    ]);
    expect(analysis.run.run_id).to.match(/^[0-9a-f]{12}$/);
  });

  it('says so when there is nothing', () => {
    expect(classicLines(analyze('hdfs-demo:Nope', []))).to.deep.equal(['No events found for group_id=hdfs-demo:Nope']);
  });

  it('is the same twice, whatever order the events come in', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(demo, { minLength: demo.length }), (shuffled) => {
        expect(analyze(GROUP, shuffled)).to.deep.equal(analyze(GROUP, demo));
      }),
    );
  });

  it('names a run by group, configuration and last event', () => {
    const id = analyze(GROUP, demo).run.run_id;
    expect(analyze('other', demo).run.run_id).to.not.equal(id);
    expect(analyze(GROUP, demo.slice(0, 2)).run.run_id).to.not.equal(id);
    expect(analyze(GROUP, demo, { ...defaultAnalyzeConfig, similarityThreshold: 0.9 }).run.run_id).to.not.equal(id);
  });

  it('counts every event once', () => {
    const words = ['disk', 'node', 'block', 'user', 'lost', 'open'];
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 60 }),
        (lines) => {
          const events = eventsOf(...lines.map((line, i): [string, number] => [`${line.join(' ')} ${i}`, i * 1000]));
          expect(analyze(GROUP, events).topics.reduce((sum, { members }) => sum + members, 0)).to.equal(lines.length);
        },
      ),
    );
  });

  it('merges topics with the same label into one line', () => {
    const { topics } = analyze(
      GROUP,
      eventsOf(
        ['ciod error loading program one two three', 1],
        ['ciod error reading prefix beta of stream alpha', 2],
        ['ciod error reading prefix beta of stream alpha', 3],
      ),
    );
    const merged = topics.filter(({ clusters }) => clusters > 1);
    expect(merged).to.have.length(1);
    expect(classicLine(merged[0]!, 0)).to.equal('   1. ciod error, error (merged 2 clusters)  [weight=warm temporal=new]  n=3');
  });

  it('shows eight lines of many, by members, then tier, then temporal', () => {
    const names = ['red', 'green', 'blue', 'pink', 'brown', 'black', 'white', 'grey', 'gold'];
    const events = eventsOf(
      ...names.flatMap((name, i) => Array.from({ length: i + 1 }, (_, k): [string, number] => [`${name}ish ${name}ling`, 1000 * i + k])),
    );
    const lines = classicLines(analyze(GROUP, events));
    expect(lines).to.have.length(9);
    expect(lines[1]).to.equal('   1. goldish goldling, goldling  [weight=warm temporal=new]  n=9');
  });

  it('carries weights and ages over days as memory does', () => {
    const counts = [3, 10, 5, 0, 0, 20, 0, 0, 0, 0];
    const lines = counts.flatMap((n, day) => Array.from({ length: n }, (_, i): [string, number] => ['disk volume lost', day * DAY + i]));
    const { topics } = analyze(GROUP, eventsOf(...lines), defaultAnalyzeConfig, 10 * DAY);
    expect(topics[0]!.weight).to.be.closeTo(0.657143, 1e-6);
    expect(topics[0]).to.include({ tier: 'warm', temporal: 'new', lifecycle: 'new' });
    expect(analyze(GROUP, eventsOf(...lines), defaultAnalyzeConfig, 15 * DAY).topics[0]).to.include({
      temporal: 'trending',
    });
  });
});
