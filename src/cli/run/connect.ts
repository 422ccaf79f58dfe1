import { CaducusError } from '../../errors.ts';
import { stateFolder } from '../../run/checkpoint/checkpointing.ts';
import { readContacts } from '../../pipeline/contacts.ts';
import type { Pipeline, SinkNode, SourceNode } from '../../pipeline/definition.ts';
import { count } from '../../views/text/numbers.ts';
import type { CliContext } from '../shared/context.ts';

/** Longest wait for all of them together, milliseconds. */
const patience = 10_000;
/** A live source that was opened and gives nothing for this long is taken for well, milliseconds. */
const quiet = 2_000;

/** What opening one source or sink came to. */
export interface Connection {
  /** Such as `sources.app`. */
  part: string;
  ok: boolean;
  /** A few words; the error's when it failed. */
  what: string;
  code?: string;
  hint?: string;
}

/** Opens what can be opened, all at once, reading no more than a batch and writing nothing. */
export async function connect(pipeline: Pipeline, context: CliContext): Promise<Connection[]> {
  const limit = AbortSignal.any([context.stop, AbortSignal.timeout(patience)]);
  return Promise.all([
    ...pipeline.sources.map((node) => attemptPart(`sources.${node.id}`, limit, () => trySource(node, pipeline, context, limit))),
    ...pipeline.sinks.map((node) => attemptPart(`sinks.${node.id}`, limit, () => trySink(node, pipeline, context))),
  ]);
}

async function attemptPart(part: string, limit: AbortSignal, attempt: () => Promise<string>): Promise<Connection> {
  const late = new Promise<never>((_, reject) => {
    limit.addEventListener('abort', () => reject(new CaducusError('CAD066', { path: part }, `no answer within ${patience / 1000} s`)), {
      once: true,
    });
  });
  try {
    return { part, ok: true, what: await Promise.race([attempt(), late]) };
  } catch (error) {
    if (!(error instanceof CaducusError)) return { part, ok: false, what: error instanceof Error ? error.message : String(error) };
    return { part, ok: false, what: error.what, code: error.code, hint: error.hint };
  }
}

async function trySource(
  { id, name, source: { spec }, options }: SourceNode,
  pipeline: Pipeline,
  context: CliContext,
  limit: AbortSignal,
): Promise<string> {
  const { io, dataDir } = context;
  const closing = new AbortController();
  const signal = AbortSignal.any([limit, closing.signal]);
  const at = { io, id: name ?? id, from: null, signal, stateDir: stateFolder(dataDir, pipeline.name) };
  if (spec.probe) return spec.probe(options, at);
  // Without a data folder it keeps nothing.
  const open = spec.open(options, at);
  try {
    const first = open.batches[Symbol.asyncIterator]().next();
    const waited = spec.live(options) ? io.sleep(quiet, signal).then(() => null) : first;
    // Whichever comes second has nobody left to tell.
    first.catch(() => undefined);
    const answer = await Promise.race([first, waited]);
    if (answer === null) return 'open; nothing has come yet';
    return answer.done ? 'open, and empty' : `open; ${count(answer.value.records.length)} records in the first batch`;
  } finally {
    closing.abort();
    await open.close();
  }
}

async function trySink({ id, sink: { spec }, options }: SinkNode, pipeline: Pipeline, { io, dataDir }: CliContext): Promise<string> {
  if (!spec.probe) return 'not tried: it cannot say without writing';
  return spec.probe(options, { io, id, dataDir, from: null, pipeline: pipeline.name, contacts: await readContacts(pipeline, io) });
}
