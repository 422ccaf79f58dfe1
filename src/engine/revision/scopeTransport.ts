import type { Lease, Transport } from '../transport.ts';

/**
 * The logs and holds of a revision, which no other one sees: those of the first have the names that all of them write. Who
 * stood still while another file took over finds its own logs, closed, and writes into no others.
 */
export function scopeTransport(transport: Transport, number: number): Transport {
  if (number === 1) return transport;
  const prefix = `r${number}.`;
  const strip = <T>(works: ReadonlyMap<string, T>): Map<string, T> =>
    new Map([...works].flatMap(([work, value]) => (work.startsWith(prefix) ? [[work.slice(prefix.length), value] as const] : [])));
  return {
    append: (subject, body, expected) => transport.append(prefix + subject, body, expected),
    last: (subject) => transport.last(prefix + subject),
    get: (seq) => transport.get(seq),
    read: (subject, signal, after) => transport.read(prefix + subject, signal, after),
    purge: (subject, upTo) => transport.purge(prefix + subject, upTo),
    hold: (work, holder) => transport.hold(prefix + work, holder),
    release: (work, holder) => transport.release(prefix + work, holder),
    holders: async () => strip<string>(await transport.holders()),
    leases: async () => strip<Lease>(await transport.leases()),
    close: () => transport.close(),
    ...(transport.remarks && { remarks: transport.remarks }),
    ...(transport.trouble && { trouble: () => transport.trouble!() }),
  };
}
