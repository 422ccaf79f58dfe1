import type { Pipeline } from '../pipeline/definition.ts';
import type { Signal } from '../signal.ts';
import { decodeState, encodeState } from './machines/messages.ts';
import { canariesSubject } from './roles/role.ts';
import type { Transport } from './transport.ts';

/** Numbers of messages behind which those are forgotten that nobody waits for any more. */
const kept = 10_000;

/** What the texts of the canaries of a pipeline contain; none where none is expected. */
export const listCanaries = ({ sources }: Pick<Pipeline, 'sources'>): string[] =>
  sources.flatMap(({ expected }) => (expected?.canary === undefined ? [] : [expected.canary.text]));

/**
 * Tells those who read the sources which canaries have come through, by the ids of their events, where these leave the last
 * operators. Some may be told again. `failed` is called with what keeps it from that.
 */
export function tellCanaries(
  transport: Pick<Transport, 'append' | 'purge'>,
  texts: readonly string[],
  failed: (error: unknown) => void,
): (signal: Signal) => void {
  const tell = async (id: string) => {
    const seq = await transport.append(canariesSubject, encodeState({ id }), null);
    await transport.purge(canariesSubject, Math.max(0, seq - kept));
  };
  return (signal) => {
    if (signal.kind === 'event' && texts.some((text) => signal.event.text.includes(text))) tell(signal.event.id).catch(failed);
  };
}

/** Hears of the canaries that come through, until the signal aborts. */
export async function hearCanaries(transport: Pick<Transport, 'read'>, signal: AbortSignal, hear: (id: string) => void): Promise<void> {
  for await (const { body } of transport.read(canariesSubject, signal)) hear(decodeState<{ id: string }>(body).id);
}
