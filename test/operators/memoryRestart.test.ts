import { expect } from 'chai';
import fc from 'fast-check';
import type { Flow } from '../../operators/kernel.ts';
import { memory } from '../../operators/memory.ts';
import { eventSignal } from '../support/marbles.ts';
import { runInBatches } from '../support/machineRun.ts';

const T0 = Date.UTC(2026, 2, 14, 2, 15);

describe('memory over a restart', () => {
  it('continues bit for bit after a restart anywhere, with patterns that are learned, merged and forgotten on the way', () => {
    const words = ['disk', 'node', 'block', 'user', 'lost', 'found', 'open', 'closed', 'retry', 'volume'];
    const line = fc.record({
      gap: fc.integer({ min: 0, max: 3000 }),
      words: fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 5 }),
      n: fc.nat(99),
      level: fc.constantFrom('INFO', 'WARN', 'ERROR'),
    });
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 20, maxLength: 120 }),
        fc.integer({ min: 1, max: 100 }),
        (lines, share) => {
          let time = T0;
          const signals: Flow[] = lines.map((l, i) =>
            eventSignal(`${l.words.join(' ')} ${l.n}`, (time += l.gap), { id: `e${i}`, metadata: { level: l.level } }),
          );
          const cut = Math.max(1, Math.floor((signals.length * share) / 101));
          expect(
            runInBatches(memory, signals, [cut, signals.length], (s) => JSON.parse(JSON.stringify(s)) as typeof s),
          ).to.deep.equal(runInBatches(memory, signals, [signals.length]));
        },
      ),
      { numRuns: 15 },
    );
  });
});
