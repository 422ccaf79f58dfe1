import { expect } from 'chai';
import { z } from 'zod';
import { MachineFailure, RunClock, defineOperator, type Flow } from '../../src/kernel/defineOperator.ts';
import type { OperatorNode } from '../../src/pipeline/definition.ts';
import { wire } from '../../src/pipeline/wire.ts';
import { eventSignal } from '../../src/testing.ts';

const isAlarm = (signal: Flow) => signal.kind === 'alarm';

/** Forwards everything; adds an alarm to an event whose text says so, and one with its name at the end. */
const operator = (name: string, { consume = false } = {}) =>
  defineOperator({
    name,
    options: z.strictObject({}),
    consume,
    ports: { alarms: isAlarm },
    machine: () => ({
      start: () => ({}),
      step(_state, signal, emit) {
        const { text } = (signal as ReturnType<typeof eventSignal>).event ?? { text: '' };
        if (text === `break ${name}`) throw new Error('broken');
        if (text === 'alarm') emit({ kind: 'alarm', time: signal.time, key: name });
      },
      end: (_state, emit) => emit({ kind: 'end', time: 0, key: name }),
    }),
  });

/** What comes out at each of these places, in one list. */
function run(nodes: [name: string, from: string[]][], places: string[][], sources = ['in']) {
  const seen: string[] = [];
  const wiring = wire(
    {
      sources: sources.map((id) => ({ id, source: { spec: { accompanies: id === 'beside' } } })),
      operators: nodes.map(([id, from]): OperatorNode => ({ id, operator: operator(id), options: undefined, from })),
    },
    () => ({ clock: new RunClock() }),
  );
  for (const place of places) {
    const name = place.join('+') || 'sources';
    wiring.listen(place, {
      next: (signal) =>
        void seen.push(
          `${name}: ${signal.kind === 'event' ? (signal as ReturnType<typeof eventSignal>).event.text : `${signal.kind} ${signal.key}`}`,
        ),
      complete: () => void seen.push(`${name} |`),
    });
  }
  const push = (text: string, source = 'in') => {
    const signal = eventSignal('a', 0);
    signal.event.text = text;
    wiring.inputs.get(source)!.next(signal);
  };
  const end = () => wiring.inputs.forEach((input) => input.complete());
  return { seen, push, end };
}

describe('wire', () => {
  it('hands a signal down the chain at once, and closes operators from the first to the last', () => {
    const { seen, push, end } = run(
      [
        ['a', []],
        ['b', ['a']],
      ],
      [['b']],
    );
    push('alarm');
    expect(seen).to.deep.equal(['b: alarm', 'b: alarm b', 'b: alarm a']);
    end();
    expect(seen.slice(3)).to.deep.equal(['b: end a', 'b: end b', 'b |']);
  });

  it('gives a port what it selects, and a signal that comes along two paths once', () => {
    const { seen, push } = run(
      [
        ['a', []],
        ['b', ['a.alarms']],
        ['c', ['a', 'a.alarms']],
      ],
      [['b'], ['c'], ['in', 'a']],
    );
    push('x');
    push('alarm');
    expect(seen.filter((line) => line.startsWith('b'))).to.deep.equal(['b: alarm a']);
    expect(seen.filter((line) => line.startsWith('c'))).to.deep.equal(['c: x', 'c: alarm', 'c: alarm c', 'c: alarm a']);
    expect(seen.filter((line) => line.startsWith('in+a'))).to.deep.equal(['in+a: x', 'in+a: alarm', 'in+a: alarm a']);
  });

  it('merges the sources, but for those that accompany others: these go where they are named', () => {
    const { seen, push, end } = run(
      [
        ['a', []],
        ['b', ['a', 'beside']],
      ],
      [[], ['a'], ['b']],
      ['in', 'other', 'beside'],
    );
    push('x', 'in');
    push('y', 'other');
    push('z', 'beside');
    expect(seen).to.deep.equal(['sources: x', 'a: x', 'b: x', 'sources: y', 'a: y', 'b: y', 'b: z']);
    end();
    expect(seen.slice(7)).to.deep.equal(['sources |', 'a: end a', 'b: end a', 'a |', 'b: end b', 'b |']);
  });

  it('throws what an operator throws, under its name, through those before it', () => {
    const { push } = run(
      [
        ['a', []],
        ['b', ['a']],
      ],
      [['b']],
    );
    expect(() => push('break b')).to.throw(MachineFailure, 'operator b failed: broken');
  });
});
