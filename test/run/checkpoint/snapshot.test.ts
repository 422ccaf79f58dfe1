import { expect } from 'chai';
import fc from 'fast-check';
import type { CopiedKey, Instance, SavedInstance } from '../../../src/kernel/defineOperator.ts';
import type { Json } from '../../../src/event.ts';
import { foldSnapshot, keyLine, restoreOperators, type SnapshotHead } from '../../../src/run/checkpoint/snapshot.ts';

const operator = (id: string) => ({ id, hash: '', stateVersion: 1 });
const head = {
  ...{ version: 2, pipeline: 'p', newest: null, watermark: null, progress: [], clock: 0, sources: [], sinks: [], journal: null },
  operators: [operator('a'), operator('b')],
} as SnapshotHead;
const held = (key: string, touched: number, state: Json): CopiedKey => ({ key, touched, seen: touched, state });
const line = (id: string, key: CopiedKey) => keyLine(id, JSON.stringify(key));
const folded = (lines: readonly string[], id = 'a') =>
  foldSnapshot(head, lines).operators.find((one) => one.id === id)!.state as unknown as SavedInstance;

describe('a checkpoint read from its lines', () => {
  it('has of each key what its last line says', () => {
    const step = fc.record({ key: fc.constantFrom('x', 'y', 'z'), gone: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const model = new Map<string, number>();
        const lines = steps.map(({ key, gone }, i) => {
          if (gone) model.delete(key);
          else model.set(key, i);
          return line('a', gone ? { key, gone } : held(key, i, i));
        });
        const expected = [...model].toSorted((a, b) => a[1] - b[1]).map(([key, i]) => [key, i, i, 1]);
        expect(folded(lines).keys).to.deep.equal(expected);
      }),
    );
  });

  it('keeps the keys of each operator apart, and leaves out those of one that it does not name', () => {
    const lines = [line('a', held('x', 1, 'of a')), line('b', held('x', 1, 'of b')), line('gone', held('x', 1, 'of none'))];
    expect(folded(lines, 'a').keys).to.deep.equal([['x', 1, 'of a', 1]]);
    expect(folded(lines, 'b').keys).to.deep.equal([['x', 1, 'of b', 1]]);
  });

  it('has keys on disk beside those in memory, by name', () => {
    const spilled = (key: string): CopiedKey => ({ key, spilled: 7, due: null });
    const state = folded([line('a', spilled('z')), line('a', spilled('y')), line('a', held('x', 1, 0))]);
    expect(state.spilled).to.deep.equal([
      ['y', 7, null],
      ['z', 7, null],
    ]);
    expect(state.keys.map(([key]) => key)).to.deep.equal(['x']);
    expect(folded([])).to.deep.equal({ keys: [], folding: null });
  });
});

describe('the states of a checkpoint', () => {
  const load = (stateVersion: number, spec: { stateVersion: number; migrate?: (state: Json, from: number) => Json }) => {
    const loaded: Json[] = [];
    const instance = { spec, load: (state: Json) => void loaded.push(state) } as unknown as Instance;
    const state = { keys: [['x', 5, 1]], folding: null } as unknown as Json;
    restoreOperators({ operators: [{ ...operator('a'), stateVersion, state }] }, new Map([['a', instance]]));
    return (loaded[0] as unknown as SavedInstance).keys;
  };
  const migrate = (state: Json, from: number): Json => ({ state, from });

  it('are migrated key by key where they are of an older version', () => {
    expect(load(1, { stateVersion: 3, migrate })).to.deep.equal([['x', 5, { state: 1, from: 1 }, 1]]);
  });

  it('are put back as they are where they are of this version, or nothing migrates them', () => {
    expect([load(3, { stateVersion: 3, migrate }), load(1, { stateVersion: 3 })]).to.deep.equal([[['x', 5, 1]], [['x', 5, 1]]]);
  });

  it('of an operator that is gone are passed over', () => {
    expect(() => restoreOperators({ operators: [{ ...operator('a'), state: null }] }, new Map())).to.not.throw();
  });
});
