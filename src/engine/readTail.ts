import { decodeEnvelope, type Envelope } from './envelope.ts';
import type { Transport } from './transport.ts';

/** What the newest message of a log says of itself; number 0 without any. */
export async function readTail(transport: Pick<Transport, 'last'>, subject: string): Promise<Pick<Envelope, 'n' | 'flag'>> {
  const last = await transport.last(subject);
  return last ? decodeEnvelope(last.body).envelope : { n: 0, flag: '' };
}
