// A package with a source and a sink: a ticket system that is read from, and in which findings become tickets.
import { CaducusError, defineSink, defineSource, duration, selectOption, sourceOptions } from 'caducus';
import { z } from 'zod';

const url = z.url().describe('Address of the ticket system.');

/** Calls the system. A refusal is the error of a person who can mend it: what, and what to do next. */
async function call({ net }, address, init) {
  const answer = await net.fetch(address, init);
  if (answer.ok) return answer;
  throw new CaducusError('CAD067', {}, `${new URL(address).host} answered ${answer.status}`, { hint: 'Look at its log.' });
}

/** Tickets in the order of their numbers. The position is the last number: a restart asks for what is behind it. */
const source = defineSource({
  name: 'tickets',
  summary: 'Reads tickets, and goes on asking for new ones.',
  options: z.strictObject({ ...sourceOptions, url, pollInterval: duration.prefault('10s').describe('How often is asked.') }),
  live: true,
  identity: ({ url }) => ({ url }),
  open: ({ url, pollInterval }, { io, id, from, signal }) => ({
    batches: (async function* () {
      for (let last = Number(from ?? 0); !signal.aborted;) {
        const tickets = await (await call(io, `${url}/tickets?after=${last}`, { signal })).json();
        const records = tickets.map(({ number, at, team, title }) => {
          const event = { id: `${id}-${number}`, timestamp: at, source: id, group_id: `${id}:${team}`, text: title, metadata: { number } };
          return { kind: 'event', time: Date.parse(at), key: '', event };
        });
        last = tickets.at(-1)?.number ?? last;
        yield { records, position: last };
        // Rejects when the run is stopped, which is the usual end.
        await io.sleep(pollInterval, signal).catch(() => undefined);
      }
    })(),
    close: async () => {},
  }),
});

/** A ticket a finding. What was sent before a crash is sent again; its key lets the system see that it is the same. */
const sink = defineSink({
  name: 'tickets',
  summary: 'Opens a ticket for each finding.',
  options: z.strictObject({ select: selectOption(['finding']), url }),
  async open({ url, select }, { io }) {
    const counters = { written: 0, filtered: 0, failed: 0, held: 0 };
    return {
      counters,
      async write(batch) {
        for (const signal of batch) {
          if (signal.kind !== 'finding' || !select.includes('finding') || signal.finding.state !== 'firing') {
            counters.filtered += 1;
            continue;
          }
          const { id, title, severity } = signal.finding;
          const headers = { 'content-type': 'application/json', 'idempotency-key': id };
          await call(io, `${url}/tickets`, { method: 'POST', headers, body: JSON.stringify({ title, severity }) });
          counters.written += 1;
        }
      },
      flush: async () => {},
      close: async () => {},
    };
  },
});

export const sources = [source];
export const sinks = [sink];
