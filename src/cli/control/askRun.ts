import { CaducusError, type ErrorCode } from '../../errors.ts';
import type { LocalConnection } from '../../io/localSocket.ts';
import type { CliContext } from '../shared/context.ts';
import { stateFolders } from '../shared/stateFolders.ts';
import { controlPath } from './controlPath.ts';
import type { Refused, Wish } from './wishes.ts';

/** A running pipeline that answers. */
export interface Asked<T> {
  pipeline: string;
  /** What it answers, until it has answered all or is over. Throws what it refuses with. */
  answers: AsyncIterable<T>;
  close(): void;
}

/** Asks the running pipeline of that name, or the only one that runs. Throws CAD040 when none does, CAD002 when several do. */
export async function askRun<T>(name: string | undefined, wish: Wish, context: CliContext): Promise<Asked<T>> {
  const { pipeline, connection } = name === undefined ? await onlyRun(context) : await namedRun(name, context);
  await connection.write(JSON.stringify(wish));
  context.stop.addEventListener('abort', () => connection.cut(), { once: true });
  return { pipeline, answers: readAnswers(connection), close: () => connection.cut() };
}

async function* readAnswers<T>({ lines }: LocalConnection): AsyncGenerator<T> {
  for await (const line of lines) {
    const answer = JSON.parse(line) as T | Refused;
    if (answer !== null && typeof answer === 'object' && 'error' in answer) {
      const { code = 'CAD001', what, hint } = answer.error;
      throw new CaducusError(code as ErrorCode, {}, what, hint === undefined ? {} : { hint });
    }
    yield answer as T;
  }
}

interface Found {
  pipeline: string;
  connection: LocalConnection;
}

const reach = ({ io, dataDir }: CliContext, pipeline: string): Promise<LocalConnection | null> =>
  io.net.connectLocal(controlPath(io, dataDir, pipeline)).catch(() => null);

async function namedRun(pipeline: string, context: CliContext): Promise<Found> {
  const connection = await reach(context, pipeline);
  if (connection) return { pipeline, connection };
  throw await noneRuns(`"${pipeline}"`, context);
}

async function onlyRun(context: CliContext): Promise<Found> {
  const found = await allRuns(context);
  if (found.length === 1) return found[0]!;
  for (const { connection } of found) connection.cut();
  if (found.length === 0) throw await noneRuns('a pipeline', context);
  throw new CaducusError('CAD002', {}, `${found.length} pipelines run in ${context.dataDir}`, {
    hint: `Name one: ${found.map(({ pipeline }) => pipeline).join(', ')}.`,
  });
}

async function allRuns(context: CliContext): Promise<Found[]> {
  const found: Found[] = [];
  for (const pipeline of await stateFolders(context)) {
    const connection = await reach(context, pipeline);
    if (connection) found.push({ pipeline, connection });
  }
  return found;
}

async function noneRuns(what: string, context: CliContext): Promise<CaducusError> {
  const running = await allRuns(context);
  for (const { connection } of running) connection.cut();
  const names = running.map(({ pipeline }) => pipeline);
  return new CaducusError('CAD040', {}, `no run of ${what} answers in ${context.dataDir}`, {
    hint: names.length > 0 ? `Running: ${names.join(', ')}.` : 'Start one with caducus run, or name its data folder with --data-dir.',
  });
}
