import { z } from 'zod';

/** A module for --require: a sink that never takes anything, and holds the process as a socket would. */
export const sinks = [
  {
    spec: {
      name: 'stuck',
      summary: 'Never takes anything.',
      options: z.strictObject({ select: z.array(z.string()).default(['event']) }),
      open: async () => {
        setInterval(() => {}, 1000);
        return {
          counters: { written: 0, filtered: 0, failed: 0, held: 0 },
          write: () => new Promise(() => {}),
          flush: async () => {},
          close: async () => {},
        };
      },
    },
  },
];
