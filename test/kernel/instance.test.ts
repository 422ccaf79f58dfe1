import { expect } from 'chai';
import fc from 'fast-check';
import { z } from 'zod';
import { Instance } from '../../src/kernel/instance.ts';
import type { Flow, Machine, MachineSpec } from '../../src/kernel/machine.ts';
import { MachineFailure } from '../../src/kernel/machineFailure.ts';

interface Count {
  key: string;
  due: number | null;
  count: number;
}
const at = (key: string, time: number, kind = 'event'): Flow => ({ kind, time, key });

/** Counts by key, and gives the count ten milliseconds after the first signal. */
const counting: Machine<Count> = {
  start: (key) => ({ key, due: null, count: 0 }),
  step(state, { time }) {
    state.due ??= time + 10;
    state.count += 1;
  },
  due: (state) => state.due,
  tick(state, time, emit) {
    emit(at(state.key, time, `=${state.count}`));
    Object.assign(state, { due: null, count: 0 });
  },
  end: (state, emit) => emit(at(state.key, state.due ?? 0, `end ${state.count}`)),
};
function make(more: Partial<MachineSpec> = {}, machine: Partial<Machine<Count>> = {}, options: object = {}) {
  const out: string[] = [];
  const made = () => ({ ...counting, ...machine }) as Machine<unknown>;
  const spec: MachineSpec = { name: 'count', options: z.strictObject({}), stateVersion: 1, keyed: true, machine: made, ...more };
  const instance = new Instance(spec, options, ({ key, time, kind }) => void out.push(`${kind} ${key}@${time}`));
  return { instance, out, said: () => out.splice(0) };
}

describe('an operator in a subscription', () => {
  it('forwards what comes, and what its machine consumes not; of both it counts each signal once', () => {
    for (const consume of [false, true]) {
      const { instance, out } = make({ consume, accepts: ['event'] });
      for (const kind of ['event', 'mark', 'event']) instance.take(at('a', 1, kind));
      expect(out).to.deep.equal(consume ? ['mark a@1'] : ['event a@1', 'mark a@1', 'event a@1']);
      expect(instance.counters).to.include({ in: 3, forwarded: consume ? 1 : 3, consumed: consume ? 2 : 0 });
      expect(instance.size).to.equal(1);
    }
  });

  it('steps its machine with the kinds that the machine takes, which may be fewer than those of its kind', () => {
    const { instance } = make({ accepts: ['event', 'mark'] }, { accepts: ['mark'] });
    instance.take(at('a', 1));
    expect([instance.size, instance.takes('event'), instance.takes('mark')]).to.deep.equal([0, false, true]);
  });

  it('is ticked key by key in the order of what is due', () => {
    const { instance, said } = make({ consume: true });
    expect([instance.nextDue, instance.firstDue]).to.deep.equal([Number.POSITIVE_INFINITY, undefined]);
    for (const one of [at('b', 2), at('a', 1), at('a', 9)]) instance.take(one);
    expect(instance.firstDue).to.include({ key: 'a', time: 11 });
    instance.tickFirst();
    expect(instance.nextDue).to.equal(12);
    instance.tickFirst();
    instance.tickFirst();
    expect(said()).to.deep.equal(['=2 a@11', '=1 b@12']);
    expect(instance.counters.emitted).to.equal(2);
  });

  it('ticks by its own input where it has no other clock, before the signal at that time', () => {
    const { instance, said } = make();
    instance.ownClock = true;
    for (const one of [at('a', 0), at('b', 10)]) instance.take(one);
    expect(said()).to.deep.equal(['event a@0', '=1 a@10', 'event b@10']);
  });

  it('closes every key at the end, in their order, and holds none then', () => {
    const { instance, said } = make({ consume: true });
    for (const key of ['b', 'c', 'a']) instance.take(at(key, 0));
    instance.end();
    expect(said()).to.deep.equal(['end 1 a@10', 'end 1 b@10', 'end 1 c@10']);
    expect([instance.size, instance.nextDue]).to.deep.equal([0, Number.POSITIVE_INFINITY]);
  });

  it('has one state for all keys where it is not keyed', () => {
    const { instance } = make({ keyed: false });
    for (const key of ['a', 'b']) instance.take(at(key, 0));
    expect(instance.allKeys).to.deep.equal(['']);
  });

  it('lets an idle key go, and keeps one that has to stay for another look', () => {
    const free = make({ consume: true }, { due: () => null }, { idleExpiry: 100 });
    const kept = make({ consume: true }, { due: () => null, keeps: () => true }, { idleExpiry: 100 });
    for (const { instance } of [free, kept]) {
      instance.take(at('a', 0));
      instance.take(at('a', 50));
      for (let looks = 0; looks < 2; looks += 1) instance.tickFirst();
    }
    expect([free.said(), free.instance.size, free.instance.counters.evicted]).to.deep.equal([['end 2 a@10'], 0, 1]);
    expect([kept.said(), kept.instance.size, kept.instance.nextDue]).to.deep.equal([[], 1, 300]);
  });

  it('refuses a key beyond its bound where it is told to, and says which', () => {
    const { instance, said } = make({ consume: true, onEvict: 'refuse' }, {}, { maxGroups: 1 });
    for (const key of ['a', 'b', 'a']) instance.take(at(key, 0));
    expect(said()).to.deep.equal(['rejected b@0']);
    expect(instance.counters).to.include({ consumed: 3, refused: 1 });
  });

  it('lets go of all keys that are held elsewhere from then on, and of what they were due for', () => {
    const { instance } = make();
    for (const key of ['a', 'others']) instance.take(at(key, key === 'a' ? 0 : 5));
    instance.release();
    expect([instance.allKeys, instance.nextDue]).to.deep.equal([['others'], 15]);
  });

  it('knows by key what vectors it lacks, and asks nobody without a machine that wants some', () => {
    const { instance } = make({}, { wants: ({ key }) => (key === 'a' ? ['disk full'] : []) });
    for (const key of ['a', 'b']) instance.take(at(key, 0));
    expect([...instance.wants()]).to.deep.equal([['a', ['disk full']]]);
    expect([instance.findWants('a', null), instance.findWants('z', null), instance.embeds]).to.deep.equal([['disk full'], [], true]);
    expect([make().instance.wants().size, make().instance.embeds]).to.deep.equal([0, false]);
  });
});

describe('a machine that fails', () => {
  const fail = () => {
    throw new Error('no');
  };
  const work: [name: string, machine: Partial<Machine<Count>>, run: (instance: Instance) => void][] = [
    ['in a step', { step: fail }, (instance) => instance.take(at('a', 0))],
    ['in a tick', { tick: fail }, (instance) => (instance.take(at('a', 0)), instance.tickFirst())],
    ['at the end', { end: fail }, (instance) => (instance.take(at('a', 0)), instance.end())],
  ];
  for (const [name, machine, run] of work)
    it(`${name} is named with its operator`, () => {
      expect(() => run(make({}, machine).instance)).to.throw(MachineFailure, 'operator count failed: no');
    });

  it('is one that wants the same tick again', () => {
    const { instance } = make({}, { tick: () => {} });
    instance.take(at('a', 0));
    expect(() => instance.tickFirst()).to.throw(MachineFailure, 'due 10 is not beyond its tick at 10');
  });

  it('behind this one is not blamed on this one', () => {
    const behind = new MachineFailure('behind', null, new Error('no'));
    const spec = { name: 'front', options: z.strictObject({}), stateVersion: 1, machine: () => emitting };
    const emitting = {
      start: () => ({}),
      step: (_: unknown, signal: Flow, emit: (signal: Flow) => void) => emit({ ...signal, kind: 'mine' }),
    };
    const instance = new Instance(spec, {}, ({ kind }) => {
      if (kind === 'mine') throw behind;
    });
    expect(() => instance.take(at('a', 0))).to.throw(behind as unknown as typeof MachineFailure);
  });
});

describe('an operator that is saved', () => {
  const anySignals = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 0, max: 9 })), { maxLength: 20 });
  const timed = (steps: readonly (readonly [string, number])[]) => {
    let time = 0;
    return steps.map(([key, later]) => at(key, (time += later)));
  };
  const play = (instance: Instance, signals: readonly Flow[]) => {
    for (const signal of signals) {
      while (instance.nextDue <= signal.time) instance.tickFirst();
      instance.take(signal);
    }
  };

  it('goes on as if it had never been', () =>
    fc.assert(
      fc.property(anySignals, fc.nat(20), (steps, cut) => {
        const signals = timed(steps);
        const [whole, restored] = [make(), make()];
        play(whole.instance, signals.slice(0, cut));
        restored.instance.load(JSON.parse(JSON.stringify(whole.instance.save())));
        whole.said();
        for (const { instance } of [whole, restored]) {
          play(instance, signals.slice(cut));
          instance.end();
        }
        expect(restored.out).to.deep.equal(whole.out);
      }),
      { numRuns: 60 },
    ));

  it('is copied as it was when the copy began, and later only what was touched or went since', () => {
    const { instance } = make();
    const copied = () => {
      const read = instance.nextCopied(1e9).map((text) => JSON.parse(text) as { key: string; gone?: true; state?: Count });
      return read.map(({ key, gone, state }) => (gone ? `${key} gone` : `${key} ${state!.count}`)).toSorted();
    };
    for (const key of ['a', 'b']) instance.take(at(key, 0));
    instance.beginCopy(true);
    instance.take(at('a', 1));
    expect([copied(), copied()]).to.deep.equal([['a 1', 'b 1'], []]);
    instance.beginCopy(false);
    expect(copied()).to.deep.equal(['a 2']);
    instance.release();
    instance.beginCopy(false);
    expect(copied()).to.deep.equal(['a gone', 'b gone']);
  });
});
