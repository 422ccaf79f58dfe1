import type { Reading } from '../../../src/formats/reading/readingTally.ts';

/** How an input of JSON lines with a stack in between was read. */
export const reading: Reading = {
  records: 4812,
  refused: 2,
  kinds: [
    ['JSON lines', 490],
    ['text lines', 10],
  ],
  by: {
    time: [['ts', 490]],
    level: [['level', 490]],
    group: [['service', 490]],
    text: [
      ['msg', 490],
      ['', 10],
    ],
  },
  untimed: 22,
  first: Date.UTC(2026, 2, 14, 2),
  last: Date.UTC(2026, 2, 14, 3),
  levels: [
    ['INFO', 4601],
    ['WARN', 189],
    ['ERROR', 22],
  ],
  scale: [
    ['30 info', 4601],
    ['40 warn', 189],
    ['50 error', 22],
  ],
  groups: [
    ['orders', 2511],
    ['checkout', 1604],
    ['auth', 697],
  ],
  joined: { records: 9, lines: 84 },
  examples: [
    {
      line: 713,
      kind: 'text lines',
      raw: 'TypeError: x',
      time: Date.UTC(2026, 2, 14, 2, 57, 11, 40),
      level: 'ERROR',
      group: 'orders',
      text: 'TypeError: x\n at y',
      joined: 8,
    },
  ],
  fields: ['ts', 'level', 'service', 'msg'],
};
