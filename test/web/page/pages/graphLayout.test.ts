import { expect } from 'chai';
import fc from 'fast-check';
import { layGraph } from '../../../../src/web/page/pages/graphLayout.ts';
import type { GraphAnswer } from '../../../../src/web/client.ts';

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

  it('what passes columns runs below their boxes; what leaves one place runs together, what leaves another apart', () => {
    const { arrows } = layGraph([
      part('source', 'a'),
      part('source', 'b'),
      part('operator', 'join', 'a', 'b'),
      part('operator', 'rank', 'join'),
      part('sink', 'raw', 'a'),
      part('sink', 'copy', 'a'),
      part('sink', 'joined', 'join.late'),
      part('sink', 'out', 'rank'),
    ]);
    const tracks = Object.fromEntries(arrows.map(({ from, to, track }) => [`${from.part.id} ${to.part.id}`, track]));
    expect(tracks).to.deep.equal({
      'a join': null,
      'b join': null,
      'join rank': null,
      'a raw': { rows: 1, lane: 1 },
      'a copy': { rows: 1, lane: 1 },
      'join joined': { rows: 1, lane: 0 },
      'rank out': null,
    });
  });

  it('no arrow crosses a box, and no two of different places lie on each other (property)', () => {
    const feeds = fc.array(fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 3 }), { maxLength: 12 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), feeds, fc.integer({ min: 0, max: 3 }), (sources, all, sinks) => {
        const parts: Part[] = Array.from({ length: sources }, (_, i) => part('source', `s${i}`));
        all.forEach((from, i) => {
          const known = parts.map(({ id }) => id);
          const isSink = i >= all.length - sinks;
          const fed = from.map((n) => known.filter((id) => !id.startsWith('out'))[n % known.filter((id) => !id.startsWith('out')).length]!);
          parts.push(part(isSink ? 'sink' : 'operator', `${isSink ? 'out' : 'o'}${i}`, ...new Set(fed)));
        });
        const { placed, arrows } = layGraph(parts);
        for (const { from, to, track } of arrows) {
          const between = placed.filter(({ column }) => from.column < column && column < to.column);
          if (to.column - from.column < 2) expect(track).to.equal(null);
          else for (const { row } of between) expect(row).to.be.lessThan(track!.rows);
        }
        for (const a of arrows)
          for (const b of arrows) {
            if (!a.track || !b.track || a.from === b.from) continue;
            const meet = Math.max(a.from.column, b.from.column) + 1 < Math.min(a.to.column, b.to.column);
            if (meet) expect(a.track.lane).not.to.equal(b.track.lane);
          }
      }),
    );
  });
});
