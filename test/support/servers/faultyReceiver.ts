import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fault } from './receiverFaults.ts';

/** A server that does what `pending` says of each request, one after the other, and then takes what comes. */
export class FaultyReceiver {
  pending: Fault[] = [];
  taken: { path: string; headers: IncomingMessage['headers']; body: Buffer }[] = [];
  /** The request that is being dealt with. */
  last: { path: string; headers: IncomingMessage['headers']; body: Buffer } | null = null;
  url = '';
  /** What it answers when all is well. */
  answer: { type: string; body: string | Uint8Array } = { type: 'application/json', body: '{}' };
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    response.on('error', () => undefined);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      this.last = { path: request.url!, headers: request.headers, body: Buffer.concat(chunks) };
      const fault = this.pending.shift();
      if (fault) return fault(response);
      this.taken.push(this.last);
      response.writeHead(200, { 'content-type': this.answer.type }).end(this.answer.body);
    });
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  reset(): void {
    this.pending = [];
    this.taken = [];
    this.answer = { type: 'application/json', body: '{}' };
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
