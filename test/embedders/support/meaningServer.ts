import { bodyOf, localServer, sendJson, type LocalServer } from './localServer.ts';

/** An answer that goes wrong; `hang` never comes. */
export interface Fault {
  status?: number;
  headers?: Record<string, string>;
  json?: unknown;
  text?: string;
  hang?: boolean;
}

export interface MeaningServer extends LocalServer {
  /** The texts of every request, in order. */
  readonly asked: string[][];
  /** Answers that go wrong, oldest first; after them the endpoint is well. */
  readonly faults: Fault[];
  /** Called when a request is left without an answer. */
  onHang: () => void;
}

/** Words of one meaning share a direction; every other word has one of its own, which depends on its letters only. */
const meanings = ['disk volume drive', 'full exhausted space', 'connection socket peer', 'refused rejected declined', 'login password'].map(
  (row) => row.split(' '),
);

export const dimension = 64;

export function meaningOf(text: string): number[] {
  const vector = Array.from({ length: dimension }, () => 0);
  for (const word of text.toLowerCase().match(/[a-z]+/g) ?? []) {
    const row = meanings.findIndex((words) => words.includes(word));
    const place =
      row >= 0
        ? row
        : meanings.length +
          ([...word].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 100_003, 7) % (dimension - meanings.length));
    vector[place]! += 1;
  }
  return vector;
}

/** An OpenAI-compatible endpoint with a model that knows a few words, and fails as told. */
export async function meaningServer(): Promise<MeaningServer> {
  const state = { asked: [] as string[][], faults: [] as Fault[], onHang: () => {} };
  const server = await localServer(async (request, response) => {
    const { input, model } = JSON.parse(await bodyOf(request)) as { input: string[]; model: string };
    state.asked.push(input);
    const fault = state.faults.shift();
    if (fault?.hang) return state.onHang();
    if (fault?.text !== undefined) return void response.writeHead(fault.status ?? 200).end(fault.text);
    if (fault) return sendJson(response, fault.status ?? 200, fault.json ?? {}, fault.headers);
    const data = input.map((text, index) => ({ object: 'embedding', index, embedding: meaningOf(text) }));
    sendJson(response, 200, { object: 'list', data, model });
  });
  return Object.assign(state, server);
}
