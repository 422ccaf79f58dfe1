import { expect } from 'chai';
import { episodes } from '../../../operators/episodes.ts';
import { groupBy } from '../../../operators/groupBy.ts';
import { memory } from '../../../operators/memory.ts';
import { rank } from '../../../operators/rank.ts';
import { rules } from '../../../operators/rules.ts';
import type { Json } from '../../../src/event.ts';
import type { OperatorEntry, SavedInstance } from '../../../src/kernel/defineOperator.ts';
import type { OperatorNode } from '../../../src/pipeline/definition.ts';
import { fitSnapshot } from '../../../src/run/checkpoint/fitSnapshot.ts';
import { operatorHeads, type Snapshot } from '../../../src/run/checkpoint/snapshot.ts';

const node = (operator: OperatorEntry, options: unknown, from: string[], id = operator.spec.name): OperatorNode => ({
  ...{ id, operator, from },
  options: operator.spec.options.parse(options),
});
const chain = (given: Record<string, unknown> = {}): OperatorNode[] => [
  node(groupBy, given.groupBy ?? {}, []),
  node(memory, given.memory ?? {}, ['groupBy']),
  node(rank, given.rank ?? {}, ['memory']),
  node(rules, given.rules ?? [], ['rank']),
  node(episodes, given.episodes ?? {}, ['rules']),
];

/** A snapshot of that chain, one key each, with the state its machine begins with. */
function snapshotOf(operators: readonly OperatorNode[]): Snapshot {
  const heads = operatorHeads(operators).map((head, index) => {
    const machine = operators[index]!.operator.spec.machine(operators[index]!.options);
    const start = machine.start('');
    const state: SavedInstance = { keys: [['', 0, machine.save ? machine.save(start as Json) : (start as Json), 1]] };
    return { ...head, state };
  });
  return {
    version: 2,
    pipeline: 'p',
    newest: 600_000,
    watermark: 600_000,
    progress: [],
    clock: 0,
    sources: [],
    sinks: [],
    journal: null,
    operators: heads,
  };
}

const fit = (before: readonly OperatorNode[], now: readonly OperatorNode[], accept = false) =>
  fitSnapshot(snapshotOf(before), { sources: [], operators: [...now] }, accept);
const kept = ({ snapshot }: { snapshot: Snapshot }) => snapshot.operators.map(({ id }) => id);
const all = ['groupBy', 'memory', 'rank', 'rules', 'episodes'];

describe('what a changed pipeline goes on from', () => {
  it('is everything, and no word is said, where nothing was changed', () => {
    expect(fit(chain(), chain())).to.deep.include({ notes: [], refused: [] });
    expect(kept(fit(chain(), chain()))).to.deep.equal(all);
  });

  it('is everything where only what is shown was changed', () => {
    const fitted = fit(chain(), chain({ rank: { top: 9 }, memory: { freeze: true, maxGroups: 7 } }));
    expect(fitted.notes).to.deep.equal([]);
    expect(kept(fitted)).to.deep.equal(all);
  });

  it('is everything, and it is said, where a threshold was changed', () => {
    const fitted = fit(chain(), chain({ memory: { warmup: '1h' } }));
    expect(fitted.notes).to.deep.equal(['operator memory: another warmup, from the next evaluation on']);
    expect(kept(fitted)).to.deep.equal(all);
  });

  it('is refused where the keys were changed, with what is to be done, and starts those behind anew where that is accepted', () => {
    const changed = chain({ groupBy: { key: 'source' } });
    expect(fit(chain(), changed).refused).to.deep.equal([
      { what: 'operator groupBy has another key than its state was made with', way: 'accept', operator: 'groupBy' },
    ]);
    expect(kept(fit(chain(), changed, true))).to.deep.equal([]);
  });

  it('is refused where what decides the keys was taken away, put in or moved', () => {
    const without = chain()
      .slice(1)
      .map((one) => (one.id === 'memory' ? { ...one, from: [] } : one));
    expect(fit(chain(), without).refused.map(({ operator }) => operator)).to.deep.equal(['memory']);
    expect(fit(without, chain()).refused.map(({ operator }) => operator)).to.deep.equal(['memory']);
  });

  it('does not hang on the ids that it is wired by, only on ports', () => {
    const renamed = chain().map((one) =>
      one.id === 'groupBy' ? { ...one, id: 'by' } : one.id === 'memory' ? { ...one, from: ['by'] } : one,
    );
    expect(kept(fit(chain(), renamed))).to.deep.equal(all.slice(1));
    const late = chain().map((one) => (one.id === 'rank' ? { ...one, from: ['memory.late'] } : one));
    expect(fit(chain(), late).notes).to.deep.equal(['operator rank: another from; it starts anew']);
  });

  it('lets an operator start empty that is new, and drops what one knew that is gone', () => {
    const without = chain().filter(({ id }) => id !== 'episodes');
    expect(fit(chain(), without).notes).to.deep.equal(['operator episodes is gone: what it knew is dropped']);
    expect(fit(without, chain()).notes).to.deep.equal(['operator episodes is new: it starts empty']);
  });

  it('is refused where the state is of a later version, whatever is accepted', () => {
    const later = snapshotOf(chain());
    later.operators = later.operators.map((one) => (one.id === 'memory' ? { ...one, stateVersion: 99 } : one));
    const { refused } = fitSnapshot(later, { sources: [], operators: chain() }, true);
    expect(refused).to.deep.equal([
      { what: 'operator memory has state of a later version of this program', way: 'remove', operator: 'memory' },
    ]);
  });
});
