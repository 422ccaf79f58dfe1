import { CaducusError, CaducusErrors } from '../../errors.ts';
import type { LocalConnection } from '../../io/localSocket.ts';
import type { Io } from '../../io.ts';
import { controlPath } from './controlPath.ts';
import { wish, type Refused, type Wish } from './wishes.ts';

/** Answers one wish, line by line; resolves when there is nothing more to say. */
export type Answer<Name extends Wish['ask'] = Wish['ask']> = (wish: Extract<Wish, { ask: Name }>, to: Asker) => Promise<void>;

/** Who asked. */
export interface Asker {
  say(value: unknown): Promise<boolean>;
  /** Aborted when it has gone, or the run is over. */
  readonly gone: AbortSignal;
}

export type Answers = { [Name in Wish['ask']]: Answer<Name> };

/** How a running pipeline can be reached. */
export interface Control {
  close(): Promise<void>;
}

/**
 * Lets other commands connect to this run. Its lock must be held: a socket that is there was left behind. Rejects with the
 * system's error when there can be none.
 */
export async function openControl(io: Io, dataDir: string, pipeline: string, answers: Answers): Promise<Control> {
  const path = controlPath(io, dataDir, pipeline);
  const over = new AbortController();
  await io.files.remove(path);
  const server = await io.net.listenLocal(path, (connection) => void answer(connection, answers, over.signal));
  return {
    close: async () => {
      over.abort();
      await server.close();
      await io.files.remove(path);
    },
  };
}

async function answer(connection: LocalConnection, answers: Answers, over: AbortSignal): Promise<void> {
  const left = new AbortController();
  connection.gone(() => left.abort());
  const asker: Asker = { say: (value) => connection.write(JSON.stringify(value)), gone: AbortSignal.any([left.signal, over]) };
  try {
    const asked = await firstWish(connection);
    await (answers[asked.ask] as Answer)(asked, asker);
  } catch (error) {
    await asker.say(refusal(error));
  } finally {
    connection.end();
  }
}

async function firstWish({ lines }: LocalConnection): Promise<Wish> {
  for await (const line of { [Symbol.asyncIterator]: () => keepOpen(lines) }) return wish.parse(JSON.parse(line));
  throw new CaducusError('CAD002', {}, 'nothing was asked');
}

/** The same lines, whose end is not asked for when the first has come: the connection goes on. */
function keepOpen(lines: AsyncIterable<string>): AsyncIterator<string> {
  const iterator = lines[Symbol.asyncIterator]();
  return { next: () => iterator.next() };
}

const refusal = (error: unknown): Refused => ({
  error:
    error instanceof CaducusError
      ? { code: error.code, what: error.what, ...(error.hint !== undefined && { hint: error.hint }) }
      : error instanceof CaducusErrors
        ? { code: error.errors[0]!.code, what: error.message }
        : { what: error instanceof Error ? error.message : String(error) },
});
