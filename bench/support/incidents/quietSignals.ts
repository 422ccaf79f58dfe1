import { toIso, type JsonObject } from '../../../src/event.ts';
import type { EventSignal } from '../../../src/signal.ts';
import { seeded } from '../seeded.ts';
import { A_DAY, listBesides, listStreams, usualNumbers, WINDOW } from './services.ts';

const START = Date.UTC(2026, 2, 2);
const DAY = 86_400_000;
/** When the burst comes at the end of the constant error: within a window, not at its bounds. */
export const burstAt = START + 14 * DAY;
const RATE_AN_HOUR = 2.4;

let n = 0;
function event(time: number, group: string, text: string, level: string, host?: string): EventSignal {
  n += 1;
  const metadata: JsonObject = host === undefined ? { level } : { level, host };
  return {
    kind: 'event',
    time,
    key: group,
    event: { id: `e${n}`, timestamp: toIso(time), source: 'eval', group_id: group, text, metadata },
  };
}

/** A service with requests and one error line at a constant rate for fourteen days; then the error comes ten times in a minute. */
export function* constantError(seed: number, spacing: 'Poisson' | 'fixed'): Generator<EventSignal> {
  const draw = seeded(seed * 613);
  const gap = 3_600_000 / RATE_AN_HOUR;
  const nextError = () => (spacing === 'fixed' ? gap : -Math.log(1 - draw()) * gap);
  const nextCalm = () => -Math.log(1 - draw()) * 60_000;
  const group = 'cloudwatch:/aws/lambda/orders';
  let error = START + draw() * gap;
  let calm = START;
  while (Math.min(error, calm) < burstAt) {
    if (error < calm) {
      yield event(Math.round(error), group, 'charge of card failed: upstream reset', 'ERROR');
      error += nextError();
    } else {
      yield event(Math.round(calm), group, 'order was placed', 'INFO');
      calm += nextCalm();
    }
  }
  for (let i = 0; i < 10; i++) yield event(burstAt + 60_000 + i * 5000, group, 'charge of card failed: upstream reset', 'ERROR');
  // Time goes on until its window has closed.
  for (let i = 1; i < 10; i++) yield event(burstAt + WINDOW * 2 + i * 1000, group, 'order was placed', 'INFO');
}

/** A fleet in which nothing happens but load, deploys, jobs and chatter. */
export function* quietFleet(seed: number, days: number): Generator<EventSignal> {
  const draw = seeded(seed * 7919);
  const streams = listStreams(draw, () => usualNumbers);
  for (let index = 0; index < days * A_DAY; index++) {
    const load = (2 + Math.sin((2 * Math.PI * index) / A_DAY)) / 2;
    const lines: EventSignal[] = [];
    for (const { group, text, level, rate, hosts, exact } of [...streams, ...listBesides(index, draw, null)]) {
      const host = hosts?.[Math.floor(draw() * hosts.length)];
      for (let left = exact ? rate : countPoisson(rate * load, draw); left > 0; left--) {
        const time = START + index * WINDOW + Math.floor(draw() * WINDOW);
        lines.push(event(time, group, typeof text === 'string' ? text : text(draw, host ?? ''), level, host));
      }
    }
    yield* lines.sort((a, b) => a.time - b.time);
  }
}

function countPoisson(mean: number, draw: () => number): number {
  let count = 0;
  for (let left = Math.exp(-mean), product = draw(); product > left; product *= draw()) count += 1;
  return count;
}
