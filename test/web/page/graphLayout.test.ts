import { expect } from 'chai';
import { layGraph } from '../../../src/web/page/graphLayout.ts';
import type { GraphAnswer } from '../../../src/web/client.ts';

type Part = GraphAnswer['parts'][number];
const idle = { verb: 'v', in: 0, out: 0, in_rate: 0, out_rate: 0, held: 0, lost: 0, behind_ms: null, trouble: null };
const part = (type: Part['type'], id: string, ...from: string[]): Part => ({ ...idle, type, id, from });

describe('layGraph', () => {
  const places = (parts: Part[]) =>
    layGraph(parts).placed.map(({ part: { type, id }, column, row }) => `${type[0]} ${id} ${column},${row}`);

  it('each part stands one column behind the last that feeds it, sinks in the last column', () => {
    const parts = [
      part('source', 'a'),
      part('source', 'b'),
      part('operator', 'join', 'a', 'b'),
      part('operator', 'rank', 'join'),
      part('sink', 'raw', 'a'),
      part('sink', 'out', 'rank'),
    ];
    expect(places(parts)).to.deep.equal(['s a 0,0', 's b 0,1', 'o join 1,0', 'o rank 2,0', 's raw 3,0', 's out 3,1']);
    expect(layGraph(parts)).to.include({ columns: 4, rows: 2 });
  });

  it("an arrow knows its port; a sink of an operator's name feeds nothing", () => {
    const { arrows } = layGraph([part('source', 'in'), part('operator', 'rules', 'in'), part('sink', 'rules', 'rules.findings')]);
    expect(arrows.map(({ from, to, port }) => [from.part.type, to.part.type, port])).to.deep.equal([
      ['source', 'operator', null],
      ['operator', 'sink', 'findings'],
    ]);
  });

  it('what is fed by what is not there, or by itself, is placed all the same', () => {
    expect(places([part('operator', 'x', 'gone'), part('operator', 'y', 'y', 'x')])).to.deep.equal(['o x 0,0', 'o y 1,0']);
    expect(layGraph([])).to.include({ columns: 1, rows: 1 });
  });
});
