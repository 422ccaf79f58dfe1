import type { ServerResponse } from 'node:http';

/** What a receiver does with one request. */
export type Fault = (response: ServerResponse) => void;

export const answer =
  (status: number, headers: Record<string, string> = {}): Fault =>
  (response) =>
    response.writeHead(status, headers).end('no');

/** What a receiver does before all is well again: every sink that sends over HTTP has to live with it. */
export const receiverFaults: Record<string, Fault[]> = {
  'is overloaded': [answer(503), answer(500), answer(502)],
  'asks to slow down': [answer(429, { 'retry-after': '7' })],
  'sends on to another address': [answer(301, { location: 'http://elsewhere.example/' })],
  'does not know who sends': [answer(401), answer(403)],
  'does not answer': [() => undefined],
  'hangs up': [(response) => void response.destroy()],
  'hangs up in the middle of its answer': [
    (response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    },
  ],
  'answers without end': [
    (response) => {
      response.writeHead(500);
      const more = () => !response.destroyed && response.write('x'.repeat(1 << 14), () => setImmediate(more));
      more();
    },
  ],
};
