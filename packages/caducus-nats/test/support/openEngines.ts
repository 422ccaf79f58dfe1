import type { JetStreamManager } from '@nats-io/jetstream';
import { jetStreamTransport, type JetStreamOptions, type JetStreamTransport } from '../../src/engine/jetStreamTransport.ts';

/** Transports that a suite opens, and closes all together. */
export class OpenEngines {
  readonly #opened: JetStreamTransport[] = [];

  async open(url: string, options: Partial<JetStreamOptions> = {}): Promise<JetStreamTransport> {
    const transport = await jetStreamTransport(url, { pipeline: 'shop', lease: 15_000, replicas: 1, ...options });
    this.#opened.push(transport);
    return transport;
  }

  async close(): Promise<void> {
    await Promise.all(this.#opened.splice(0).map((transport) => transport.close()));
  }
}

/** What a subject of the stream of the pipeline `shop` holds, as text, in order, asked of the server itself. */
export async function readTexts(jsm: JetStreamManager, subject: string, pipeline = 'shop'): Promise<string[]> {
  const { state } = await jsm.streams.info(`caducus-${pipeline}`);
  const asked = Array.from({ length: state.last_seq }, (_, i) => jsm.streams.getMessage(`caducus-${pipeline}`, { seq: i + 1 }));
  const all = await Promise.all(asked);
  return all.flatMap((message) =>
    message?.subject === `caducus-engine.${pipeline}.${subject}` ? [Buffer.from(message.data).toString()] : [],
  );
}
