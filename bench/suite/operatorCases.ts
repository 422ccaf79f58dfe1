import { operators } from '../../operators/index.ts';
import { RunClock, type Flow } from '../../src/kernel/defineOperator.ts';
import type { OperatorEntry } from '../../src/kernel/defineOperator.ts';
import { wire } from '../../src/pipeline/wire.ts';
import { made, type BenchCase } from './benchCase.ts';

const start = Date.UTC(2026, 2, 14);

/** What an operator cannot be started without. */
const options: Readonly<Record<string, object>> = {
  budget: { limit: '100', currency: 'USD', defaultCurrency: 'USD' },
  rules: [{ name: 'new', when: { state: ['new', 'rising'] }, severity: 'critical' }],
  breaker: { failure: { match: 'failure' } },
  sessions: { by: { slot: 'block' } },
};

const event = (i: number, time: number): Flow =>
  ({
    kind: 'event',
    time,
    key: `web-${i % 5}`,
    event: {
      id: `e${i}`,
      timestamp: new Date(time).toISOString(),
      source: 'bench',
      group_id: `web-${i % 5}`,
      text: `order ${i} in block blk_${i % 400} took ${i % 90} ms`,
      metadata: { level: i % 70 === 0 ? 'ERROR' : 'INFO', spend: 0.01 },
    },
  }) as Flow;

/** Each operator behind a memory, fed with events and the blips and radars they make; the memory's own share is its row. */
function chain(operator: OperatorEntry): OperatorEntry[] {
  const by = (name: string) => operators.find(({ spec }) => spec.name === name)!;
  const before = ['groupBy', 'memory'].map(by);
  return before.includes(operator) || operator.spec.name === 'normalize' ? [operator] : [...before, operator];
}

/** Each operator, with those before it that it takes what it needs from. */
export const operatorCases = (records: number): BenchCase[] =>
  operators.map((operator) => ({
    name: chain(operator)
      .map(({ spec }) => spec.name)
      .join(', '),
    records,
    prepare() {
      const clock = new RunClock();
      const nodes = chain(operator).map((one, i, all) => ({
        id: one.spec.name,
        operator: one,
        options: options[one.spec.name] ?? {},
        from: i === 0 ? [] : [all[i - 1]!.spec.name],
      }));
      const input = wire({ sources: [{ id: 'in' }], operators: nodes }, () => ({ clock })).inputs.get('in')!;
      const batches = made(records, (i) => i);
      let at = start;
      return () => {
        for (const i of batches) {
          at += 25;
          clock.advance(at);
          input.next(event(i, at));
        }
      };
    },
  }));
