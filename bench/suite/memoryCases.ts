import { memory } from '../../operators/memory.ts';
import { TemplateIndex } from '../../src/memory/templates/templateIndex.ts';
import type { Event, JsonObject } from '../../src/event.ts';
import { made, type BenchCase } from './benchCase.ts';
import { longMessage, strangeWords } from './lineKinds.ts';
import type { EventSignal } from '../../src/signal.ts';

const start = Date.UTC(2026, 2, 14);

interface Kind {
  text(i: number): string;
  metadata?(i: number): JsonObject;
}

const kinds: Readonly<Record<string, Kind>> = {
  'short messages': { text: (i) => `request ${i.toString(16)} from 10.${i % 200}.${i % 31}.${i % 250} took ${i % 900} ms` },
  'messages of 1,000 characters': { text: (i) => longMessage(i, 1000) },
  '48 words, known': { text: (i) => strangeWords(i % 20, 48) },
  '48 words, every line new': { text: (i) => strangeWords(i, 48) },
  '1,000 templates': { text: (i) => `${strangeWords(i % 1000, 5)} took ${i % 900} ms` },
  'requests beside a message': {
    text: () => 'request completed',
    metadata: (i) => ({ method: 'GET', path: `/orders/${i}/items`, status: i % 50 === 0 ? 502 : 200, duration: i % 90 }),
  },
};

function makeEvent({ text, metadata }: Kind, i: number): Event {
  const timestamp = new Date(start + i * 25).toISOString();
  return { id: `e${i}`, timestamp, source: 'bench', group_id: 'bench:web', text: text(i), metadata: { level: 'INFO', ...metadata?.(i) } };
}

/** Texts to tokens, without learning. */
export const scannerCases = (records: number): BenchCase[] =>
  Object.entries(kinds)
    .slice(0, 3)
    .map(([name, { text }]) => ({
      name,
      records,
      prepare() {
        const texts = made(records, text);
        const { scanner } = new TemplateIndex({ group: 'bench' });
        return () => {
          for (const one of texts) scanner.scan(one);
        };
      },
    }));

/** The memory of one group, with its windows of a minute, by what comes. Each round goes on where the last one ended. */
export const memoryCases = (records: number): BenchCase[] =>
  Object.entries(kinds).map(([name, kind]) => ({
    name,
    records,
    prepare() {
      const events = made(records, (i) => makeEvent(kind, i));
      const machine = memory.spec.machine(memory.spec.options.parse({ window: '1m' }));
      const state = machine.start('bench:web');
      const drop = () => {};
      let rounds = 0;
      return () => {
        const shift = start + 25 * records * rounds++;
        for (let i = 0; i < events.length; i += 1) {
          const time = shift + i * 25;
          for (let due = machine.due!(state); due !== null && due <= time; due = machine.due!(state)) machine.tick!(state, due, drop);
          const signal: EventSignal = { kind: 'event', time, key: 'bench:web', event: events[i]! };
          machine.step(state, signal, drop);
        }
      };
    },
  }));
