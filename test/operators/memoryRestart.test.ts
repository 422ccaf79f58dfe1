import { expect } from 'chai';
import fc from 'fast-check';
import type { Flow, Machine } from '../../src/kernel/defineOperator.ts';
import { memory } from '../../operators/memory.ts';
import type { Json } from '../../src/event.ts';
import { digest } from '../../src/base/digest.ts';
import type { GroupMemory } from '../../src/memory/groupMemory.ts';
import { countMemory } from '../../src/memory/memoryCounts.ts';
import { logLines, wordOf } from '../support/logLines.ts';
import { eventSignal } from '../../src/testing.ts';
import { runInBatches } from '../support/runs/machineRun.ts';

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
      fc.property(fc.array(line, { minLength: 20, maxLength: 120 }), fc.integer({ min: 1, max: 100 }), (lines, share) => {
        let time = T0;
        const signals: Flow[] = lines.map((l, i) =>
          eventSignal(`${l.words.join(' ')} ${l.n}`, (time += l.gap), { id: `e${i}`, metadata: { level: l.level } }),
        );
        const cut = Math.max(1, Math.floor((signals.length * share) / 101));
        expect(runInBatches(memory, signals, [cut, signals.length], (s) => JSON.parse(JSON.stringify(s)) as typeof s)).to.deep.equal(
          runInBatches(memory, signals, [signals.length]),
        );
      }),
      { numRuns: 15 },
    );
  });

  it('ends in the same state after twenty restarts, with caps that evict, forget and overflow', () => {
    const lines = logLines(2400).map((line, i) =>
      i % 5 > 0 ? line : i % 10 === 0 ? `Setting up ${wordOf(i % 400)} (1.${i}) now` : `${wordOf(i % 700)} ${wordOf(i % 90)} went by`,
    );
    const signals = lines.map((line, i) =>
      eventSignal(line, T0 + i * 250, { id: `e${i}`, metadata: { level: i % 50 === 0 ? 'ERROR' : 'INFO' } }),
    );
    const whole = played(signals, []);
    const cuts = fc.sample(fc.uniqueArray(fc.integer({ min: 1, max: signals.length - 1 }), { minLength: 20, maxLength: 20 }), {
      seed: 11,
      numRuns: 1,
    })[0]!;
    const pieces = played(signals, cuts);
    expect(digest(pieces.state)).to.equal(digest(whole.state));
    expect(pieces.out).to.deep.equal(whole.out);
    const counts = countMemory(whole.memory);
    expect(counts.templates_evicted).to.be.above(0);
    expect(counts.topics_forgotten).to.be.above(0);
    expect(whole.memory.events).to.equal(signals.length);
  });
});

/** Runs the machine with small caps, saved and loaded anew before each of the cuts. */
function played(signals: readonly Flow[], cuts: readonly number[]): { state: string; out: Flow[]; memory: GroupMemory } {
  const machine = memory.spec.machine(
    memory.spec.options.parse({ window: '30s', early: '5s', maxTemplates: 64, maxTopics: 24 }),
  ) as Machine<GroupMemory>;
  const out: Flow[] = [];
  const emit = (signal: Flow): void => void out.push(signal);
  let state = machine.start('g');
  signals.forEach((signal, i) => {
    if (cuts.includes(i)) state = machine.load!(JSON.parse(JSON.stringify(machine.save!(state))) as Json);
    for (let due = machine.due!(state); due !== null && due <= signal.time; due = machine.due!(state)) machine.tick!(state, due, emit);
    machine.step(state, signal, emit);
  });
  machine.end!(state, emit);
  return { state: JSON.stringify(machine.save!(state)), out, memory: state };
}
