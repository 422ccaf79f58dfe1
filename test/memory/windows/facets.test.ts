import { expect } from 'chai';
import fc from 'fast-check';
import { findCommonFields } from '../../../src/findings/commonFields.ts';
import type { JsonObject } from '../../../src/event.ts';
import { countFacets, isSampled, listFields, mergeFacets, type Facets } from '../../../src/memory/windows/facets.ts';

const counted = (lines: readonly JsonObject[]): Facets | undefined => lines.reduce<Facets | undefined>(countFacets, undefined);
const times = (n: number, line: JsonObject) => Array.from({ length: n }, () => line);
const common = (mine: readonly JsonObject[], others: readonly JsonObject[]) =>
  findCommonFields([listFields(counted(mine), counted(others))]).map(({ field, value, in: many, of }) => `${field} ${value} ${many}/${of}`);

describe('what the lines of a pattern have in common', () => {
  it('is a value that nearly all of them have and few others of the group', () => {
    const others = [...times(30, { version: 'v411' }), ...times(2, { version: 'v412' })];
    expect(common(times(25, { version: 'v412' }), others)).to.deep.equal(['version v412 25/25']);
    expect(common([...times(19, { version: 'v412' }), { version: 'v411' }], others)).to.deep.equal(['version v412 19/20']);
    expect(common([...times(5, { version: 'v412' }), ...times(5, { version: 'v411' })], others)).to.deep.equal([]);
  });

  it('is nothing that all of the group have, that nothing is known of, or that two lines say', () => {
    expect(common(times(25, { host: 'a' }), times(9, { host: 'a' }))).to.deep.equal([]);
    expect(common(times(25, { host: 'a' }), [])).to.deep.equal([]);
    expect(common(times(2, { host: 'b' }), times(9, { host: 'a' }))).to.deep.equal([]);
  });

  it('is found under the names that shippers give it, written with points or nested', () => {
    const lines: JsonObject[] = [
      { 'k8s.pod.name': 'p-1' },
      { kubernetes: { pod_name: 'p-1' } },
      { pod: 'p-1' },
      { podName: 'p-1', version: '' },
      { pod: { deep: 1 }, pod_name: 'p-1' },
    ];
    for (const line of lines) expect(common(times(4, line), times(9, { pod: 'p-2' }))).to.deep.equal(['pod p-1 4/4']);
    expect(common(times(4, { version: 7 }), times(9, { version: 6 }))).to.deep.equal(['version 7 4/4']);
  });

  it('takes hostile names and values as data, and no more of them than are told apart', () => {
    const lines = ['__proto__', 'constructor', 'toString'].flatMap((host) => times(3, { host }));
    const facets = counted([...lines, ...Array.from({ length: 1000 }, (_, i) => ({ host: `h${i}` })), { host: 'x'.repeat(5000) }])!;
    expect(facets.seen).to.equal(1010);
    expect(facets.values['host']).to.have.lengthOf(32);
    expect(facets.values['host']!.slice(0, 2)).to.deep.equal([
      ['__proto__', 3],
      ['constructor', 3],
    ]);
    expect(JSON.parse(JSON.stringify(facets))).to.deep.equal(facets);
  });

  it('is the same of two halves put together', () => {
    const line = fc.record({ host: fc.constantFrom('a', 'b', 'c'), version: fc.constantFrom('1', '2') });
    const sorted = (facets?: Facets) => facets && Object.values(facets.values).map((counts) => [...counts].sort());
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), fc.array(line, { minLength: 1, maxLength: 20 }), (a, b) => {
        expect(sorted(mergeFacets(counted(a), counted(b)))).to.have.deep.members(sorted(counted([...a, ...b]))!);
      }),
    );
  });

  it('looks at every line of few and a share of many', () => {
    const looked = (n: number) => Array.from({ length: n }, (_, i) => i).filter(isSampled).length;
    expect([looked(64), looked(128), looked(1024), looked(65_536)]).to.deep.equal([64, 128, 320, 704]);
  });
});
