import { expect } from 'chai';
import fc from 'fast-check';
import { bounded, findNames, findNamesIn, findShared } from '../../../src/findings/episodes/names.ts';
import { sampleBlip } from '../../support/views/viewSamples.ts';

describe('the names in a text', () => {
  const cases: [text: string, names: string[]][] = [
    ['volume vol-7 on host db01.', ['vol-7', 'db01']],
    ['path=/var/log/app.log [web/2]', ['/var/log/app.log', 'web/2']],
    ['took 17ms, 3.5MB, 99% at 2026-03-14T03:00:00Z', []],
    ['12 of 30 failed', []],
    ['a1', ['a1']],
    ['no names here', []],
    [`${'x1'.repeat(60)} short1`, ['short1']],
    ['10.0.0.1', []],
  ];
  for (const [text, names] of cases)
    it(`are ${names.join(', ') || 'none'} in ${JSON.stringify(text.slice(0, 50))}`, () => {
      expect(findNamesIn(text)).to.deep.equal(names);
    });
});

describe('the names behind a pattern', () => {
  it('are those of its label, of the values of its slots and of its examples, each once', () => {
    const blip = sampleBlip({
      label: 'disk on db01',
      slots: [{ type: 'id', values: [{ value: 'vol-7', count: 2 }], distinct: 1 }],
      exemplars: [{ event_id: 'e', timestamp: '', text: 'disk vol-7 on db01 of rack9' }],
    });
    expect(findNames(blip)).to.deep.equal(['db01', 'vol-7', 'rack9']);
  });

  it('are no more than 64', () => {
    expect(bounded(Array.from({ length: 100 }, (_, i) => `n${i}`))).to.have.length(64);
  });
});

describe('what the members of an episode share', () => {
  const shared = (...names: string[][]) => findShared(names.map((each) => ({ names: each })));

  it('is what half of them and two at least have', () => {
    expect(shared(['db1'], ['db1'], ['web2'], ['web3'])).to.deep.equal([{ value: 'db1', in: 2, of: 4 }]);
    expect(shared(['db1'], ['web2'])).to.deep.equal([]);
    expect(shared(['db1'], ['db1'], ['a1'], ['b1'], ['c1'])).to.deep.equal([]);
  });

  it('counts what lies below a folder and at the ports of a host for it', () => {
    expect(shared(['/data'], ['/data/x1'], ['/database'])).to.deep.equal([{ value: '/data', in: 2, of: 3 }]);
    expect(shared(['db1'], ['db1:5432'])[0]).to.deep.equal({ value: 'db1', in: 2, of: 2 });
  });

  it('names of two in the same members the longer, where it holds the other', () => {
    expect(shared(['host1/vol1', 'vol1'], ['host1/vol1', 'vol1']).map(({ value }) => value)).to.deep.equal(['host1/vol1']);
  });

  it('is three at most, what most have first', () => {
    const all = ['aa1', 'bb1', 'cc1', 'dd1'];
    expect(shared(all, all, ['dd1']).map(({ value }) => value)).to.deep.equal(['dd1', 'aa1', 'bb1']);
  });

  it('is counted in every member that names them or something below them (property)', () => {
    const name = fc
      .array(fc.constantFrom('db1', 'vol2', 'n3', 'x'), { minLength: 1, maxLength: 3 })
      .chain((parts) => fc.constantFrom('/', ':', '-').map((sign) => parts.join(sign)));
    const covers = (value: string, one: string) => one === value || one.startsWith(`${value}/`) || one.startsWith(`${value}:`);
    fc.assert(
      fc.property(fc.array(fc.record({ names: fc.array(name, { maxLength: 5 }) }), { maxLength: 6 }), (members) => {
        for (const { value, in: count, of } of findShared(members)) {
          expect(of).to.equal(members.length);
          expect(count).to.equal(members.filter(({ names }) => names.some((one) => covers(value, one))).length);
        }
      }),
    );
  });

  it('is found in a moment among sixty-four members of sixty-four names', () => {
    const members = Array.from({ length: 64 }, (_, m) => ({ names: Array.from({ length: 64 }, (__, n) => `srv${m}/vol${n}:${m * n}`) }));
    const began = process.cpuUsage();
    for (let i = 0; i < 20; i++) findShared(members);
    expect(process.cpuUsage(began).user / 1000).to.be.below(2000);
  });
});
