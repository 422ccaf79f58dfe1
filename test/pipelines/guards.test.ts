import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { lastValueFrom, toArray } from 'rxjs';
import { budget } from '../../operators/budget.ts';
import { builtins } from '../../src/pipeline/builtins.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';
import { runPipeline } from '../../src/run/runPipeline.ts';
import type { Signal } from '../../src/signal.ts';
import { main } from '../../src/cli/program.ts';
import { width } from '../../src/views/text/text.ts';
import { temporaryFolder, testIo } from '../support/testIo.ts';

/** What a shipped pipeline makes of its fixture, without its sinks. */
async function played(name: string, env: Record<string, string> = {}): Promise<Signal[]> {
  const file = `pipelines/${name}.yaml`;
  const others = builtins.operators.filter(({ spec }) => spec.name !== 'budget');
  const registry = { ...builtins, operators: [...others, budget] };
  const variables = { env, config: () => 'unused' };
  const pipeline = loadPipeline(file, readFileSync(file, 'utf8'), { registry, variables });
  const run = runPipeline({ ...pipeline, sinks: [] }, { mode: 'once', io: testIo({ env }) });
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
  const folder = temporaryFolder();

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

  it('shows the day on the screen: warning, breach, burn rate, forecast with its interval, and how it ended', async () => {
    const io = testIo();
    expect(await main(['run', 'spend-guard', '--quiet', '--data-dir', folder.file('spend')], '0.0.0-test', io)).to.equal(0);
    const shown = io.stdout.text.split('\n');
    const lines = shown.filter((text) => /^\d\d:\d\d:\d\dZ/.test(text)).map((text) => text.replace(/Z {2}\w+ {2}/, ' '));
    expect(lines).to.deep.equal([
      '07:02:30 firing  warning  ml-platform  budget, forecast above 100 %: 279 USD expected, 188 to 389',
      '07:07:30 firing  critical  ml-platform  budget, burn rate: fast, 9.3x in 30m, 29x in 5m',
      '07:07:30 firing  warning  ml-platform  budget, burn rate: slow, 2.1x in 3h, 9.3x in 30m',
      '07:12:00 firing  info  ml-platform  budget, 50 % spent: 120.50 of 240.00 USD',
      '07:28:00 firing  warning  ml-platform  budget, 90 % spent: 217.00 of 240.00 USD',
      '07:32:00 firing  critical  ml-platform  budget, breached: 241.00 of 240.00 USD',
      '07:42:30 resolved 35m  critical  ml-platform  budget, burn rate: fast, 24x in 30m, 0.0x in 5m',
      '08:32:30 resolved 1h 25m  warning  ml-platform  budget, burn rate: slow, 6.4x in 3h, 0.0x in 30m',
      '09:50:00 resolved 2h 18m  critical  ml-platform  budget, breached: 211.00 of 240.00 USD',
      '19:00:00 resolved 11h 57m  warning  ml-platform  budget, forecast above 100 %: 226 USD expected, 213 to 240',
      '00:00:00 resolved 16h 48m  info  ml-platform  budget, 50 % spent: 213.00 of 240.00 USD',
      '00:00:00 resolved 16h 32m  warning  ml-platform  budget, 90 % spent: 213.00 of 240.00 USD',
    ]);
    expect(shown.filter((text) => text.startsWith('FINDING')).map((text) => text.split('  ')[2])).to.deep.equal([
      'budget, forecast above 100 %',
      'budget, burn rate',
      'budget, breached',
    ]);
    const breach = shown.slice(shown.findIndex((text) => text.includes('budget, breached       firing')));
    expect(breach.slice(3, 17)).to.deep.equal([
      '  limit        240.00 USD',
      '  spent        241.00 USD   100.4 %   ██████████████████████████████   even pace 75.33',
      '  left          -1.00 USD            nothing is left',
      '',
      '  burn rate    long window        short window       fires above   state',
      '    fast       30m  171.00   34x  5m    40.00   48x         6.2x   firing, critical',
      '    slow       3h   201.00  6.7x  30m  171.00   34x         1.6x   firing, warning',
      '',
      '  forecast     end of 2026-03-14 1,170 USD, 80 % between 457 and 2,160; P(breach) 1.00',
      '               if the pace fell back to normal now: 373, above the limit',
      '  thresholds   actual 50 %, 90 % warning and 100 % breach reached; forecast above 100 % breach',
      '  where (30m)  gpu 171.00 (100 %)',
      '  data         complete to 07:32:00Z; 2 rejected, 0 late, 1 duplicate',
      '',
    ]);
    // Pages fit a screen; a line a finding is whole where there is none.
    expect(shown.filter((text) => width(text) > 96 && !/^\d\d:\d\d:\d\dZ/.test(text))).to.deep.equal([]);
  });

  it('has nothing to say when there is money enough', async () => {
    expect(story(await played('spend-guard', { LIMIT: '100000' })).filter((line) => !line.startsWith('rejected'))).to.deep.equal([]);
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
