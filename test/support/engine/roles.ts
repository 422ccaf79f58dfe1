import { decodeEnvelope } from '../../../src/engine/envelope.ts';
import type { Role } from '../../../src/engine/roles/role.ts';
import type { MemoryEngine } from './memoryTransport.ts';

/** What a piece of work is given in a test: no checkpoint is due unless it says so. */
export const makeRole = (engine: MemoryEngine, id: string, signal: AbortSignal, more: Partial<Role> = {}): Role => ({
  ...{
    transport: engine.transport(id),
    maker: { id, made: 'toys', now: () => 0 },
    signal,
    due: () => false,
    ahead: { messages: 100, bytes: 2 ** 20 },
  },
  ...more,
});

/** Messages of a log: number, flag and content. */
export const listMessages = (engine: MemoryEngine, subject: string): string[] =>
  engine.of(subject).map(({ body }) => {
    const { envelope, content } = decodeEnvelope(body);
    return `${envelope.n} ${envelope.flag}${Buffer.from(content).toString()}`;
  });

/** Resolves once something is so; whatever can be done is done meanwhile. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

/** What a promise rejects with; null where it does not. */
export const caught = (work: Promise<unknown>): Promise<unknown> => work.then(null, (thrown: unknown) => thrown);
