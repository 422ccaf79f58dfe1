import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { lastValueFrom, toArray } from 'rxjs';
import { budget } from '../../operators/budget.ts';
import type { Operator } from '../../operators/kernel.ts';
import { builtins } from '../../src/pipeline/builtins.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';
import { runPipeline } from '../../src/pipeline/runPipeline.ts';
import type { Signal } from '../../src/signal.ts';
import { testIo } from '../support/testIo.ts';

/** What a shipped pipeline makes of its fixture, without its sinks. */
async function played(name: string, env: Record<string, string> = {}): Promise<Signal[]> {
  const file = `pipelines/${name}.yaml`;
  const others = builtins.operators.filter(({ spec }) => spec.name !== 'budget');
  const registry = { ...builtins, operators: [...others, budget as unknown as Operator] };
  const variables = { env, config: () => 'unused' };
  const pipeline = loadPipeline(file, readFileSync(file, 'utf8'), { registry, variables });
  const run = runPipeline({ ...pipeline, sinks: [] }, { io: testIo({ env }), dataDir: 'unused' });
  return lastValueFrom(run.pipe(toArray()));
}
const story = (signals: Signal[]) =>
  signals.flatMap((signal) => {
    if (signal.kind === 'rejected') return [`rejected: ${signal.rejected.reason}`];
    if (signal.kind !== 'finding') return [];
    const { updated, rule, state } = signal.finding;
    return [`${updated.slice(11, 19)} ${rule.slice('budget:'.length)} ${state}`];
  });

describe('spend-guard', () => {
  it('tells a day on which the money runs out', async () => {
    expect(story(await played('spend-guard'))).to.deep.equal([
      '07:02:30 forecasted:1 firing',
      '07:07:30 burn:fast firing',
      '07:07:30 burn:slow firing',
      '07:12:00 actual:0.5 firing',
      'rejected: amount "NaN" is not a number',
      'rejected: currency is "EUR", the budget is in USD',
      '07:28:00 actual:0.9 firing',
      '07:32:00 actual:1 firing',
      '07:42:30 burn:fast resolved',
      '08:32:30 burn:slow resolved',
      '09:50:00 actual:1 resolved',
      '19:00:00 forecasted:1 resolved',
      '00:00:00 actual:0.5 resolved',
      '00:00:00 actual:0.9 resolved',
    ]);
  });

  it('has nothing to say when there is money enough', async () => {
    expect(
      story(await played('spend-guard', { LIMIT: '100000' })).filter((line) => !line.startsWith('rejected')),
    ).to.deep.equal([]);
  });
});

describe('token-guard', () => {
  it('tells of an agent that runs away', async () => {
    expect(story(await played('token-guard'))).to.deep.equal([
      '09:33:20 actual:0.5 firing',
      '09:33:30 burn:slow firing',
      'rejected: amount is missing',
      '09:34:40 burn:fast firing',
      '09:35:40 actual:0.9 firing',
      '09:35:40 actual:1 firing',
      '09:37:50 burn:fast resolved',
      '09:45:50 burn:slow resolved',
    ]);
  });
});
