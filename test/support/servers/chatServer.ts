import type { IncomingHttpHeaders } from 'node:http';
import { bodyOf, localServer, sendJson, type LocalServer } from '../../embedders/support/localServer.ts';

/** What was asked, as it came over the wire. */
export interface Chat {
  path: string;
  headers: IncomingHttpHeaders;
  text: string;
  body: { model: string; max_tokens?: number; messages: { role: string; content: string }[]; response_format?: unknown };
}

/** How an answer goes wrong. */
export type ChatFault =
  | { status: number; headers?: Record<string, string> }
  /** The body itself, of a 200. */
  | { text: string }
  /** No answer at all; a head and then nothing; a body without an end; one that breaks off. */
  | 'silent'
  | 'stuck'
  | 'endless'
  | 'broken';

export interface ChatServer extends LocalServer {
  /** Base address, as an option has it. */
  readonly base: string;
  readonly chats: Chat[];
  /** Answers that go wrong, oldest first; after them it is well. */
  readonly faults: ChatFault[];
  /** What the model says of a question: an object, or text as it is. */
  say: (chat: Chat) => unknown;
  usage: { prompt_tokens: number; completion_tokens: number } | undefined;
}

/** The data of a question. */
export const dataIn = ({ body }: Chat) =>
  JSON.parse(body.messages.at(-1)!.content) as { patterns: { name: string; pattern: string }[]; changes?: object[]; lines?: string[] };

/** What a willing model would say. */
export function answerAll(chat: Chat): object {
  const { patterns } = dataIn(chat);
  return {
    summary: 'A disk fails and writes to it fail.',
    causes: [{ text: 'The disk is worn out', patterns: ['p1'] }],
    labels: patterns.map(({ name }) => ({ name, text: `pattern ${name}` })),
  };
}

/** A server that speaks the chat protocol of OpenAI, on the loopback interface. */
export async function chatServer(): Promise<ChatServer> {
  const chats: Chat[] = [];
  const faults: ChatFault[] = [];
  const server = await localServer(async (request, response) => {
    const text = await bodyOf(request);
    const chat: Chat = { path: request.url ?? '', headers: request.headers, text, body: JSON.parse(text) as Chat['body'] };
    chats.push(chat);
    const fault = faults.shift();
    if (fault === 'silent') return;
    if (fault === 'stuck') return void response.writeHead(200, { 'content-type': 'application/json' }).write('{"choices":');
    if (fault === 'broken') {
      response.writeHead(200, { 'content-length': '1000' }).write('{"choices":');
      return void setImmediate(() => response.destroy());
    }
    if (fault === 'endless') {
      response.writeHead(200);
      // Until the other side has gone: an answer that nobody reads any more would keep the process busy for good.
      const more = (failure?: Error | null): void => {
        if (failure || response.destroyed) return;
        response.write('x'.repeat(65_536), (error) => setImmediate(more, error));
      };
      return more();
    }
    if (fault && 'text' in fault) return void response.writeHead(200).end(fault.text);
    if (fault) return sendJson(response, fault.status, { error: { message: 'no' } }, fault.headers);
    const answer = await made.say(chat);
    const content = typeof answer === 'string' ? answer : JSON.stringify(answer);
    sendJson(response, 200, { id: 'x', choices: [{ index: 0, message: { role: 'assistant', content } }], usage: made.usage });
  });
  const made: ChatServer = {
    ...server,
    base: `${server.url}/v1`,
    chats,
    faults,
    say: answerAll,
    usage: { prompt_tokens: 100, completion_tokens: 20 },
  };
  return made;
}
