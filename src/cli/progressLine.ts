import type { CliContext } from './context.ts';

/** How often the line is drawn, milliseconds. */
const every = 200;

/** One line on stderr that says how far long work is; only on a terminal. */
export function progressLine({ io }: CliContext) {
  let drawn = io.monotonic() + every;
  let began = io.monotonic();
  let shown = false;
  return {
    show: ({ read, newest }: { read: number; newest: number | null }) => {
      const now = io.monotonic();
      if (!io.stderr.isTTY || now - drawn < every) return;
      drawn = now;
      shown = true;
      const rate = Math.round((read / Math.max(1, now - began)) * 1000);
      const reached = newest === null ? '' : `, at ${new Date(newest).toISOString().slice(0, 19)}Z`;
      void io.stderr.write(`\r\u001b[2K${read.toLocaleString('en-US')} records, ${rate.toLocaleString('en-US')}/s${reached}`);
    },
    clear: async () => {
      if (shown) await io.stderr.write('\r\u001b[2K');
      began = 0;
    },
  };
}
