import { CaducusError } from '../../errors.ts';
import { openEngine } from '../../engine/openEngine.ts';
import type { Transport } from '../../engine/transport.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import type { Registry } from '../../pipeline/registry.ts';
import type { CliContext } from '../shared/context.ts';

/** How long an engine may take to answer somebody who only looks, milliseconds. */
const answerWithin = 15_000;

/**
 * Lets somebody look at what a pipeline has on an engine; nothing is made, taken or changed there. Throws CAD040 where it has
 * nothing there, CAD066 where the engine does not answer, and as `openEngine`.
 */
export async function lookAtEngine<T>(
  pipeline: Pipeline,
  { url, registry }: { url: string; registry: Registry },
  { io, stop }: Pick<CliContext, 'io' | 'stop'>,
  look: (transport: Transport) => Promise<T>,
): Promise<T> {
  const { lease, replicas } = pipeline.engine;
  const options = { pipeline: pipeline.name, lease, replicas, existing: true };
  const transport = await openEngine(url, options, { registry, files: io.files, file: pipeline.file });
  const over = new AbortController();
  // An engine that went away meanwhile is waited for by a run, but not by people.
  const waited = io.sleep(answerWithin, AbortSignal.any([over.signal, stop])).then(
    () => null,
    () => null,
  );
  try {
    const looked = look(transport).then((value) => ({ value }));
    const found = await Promise.race([looked, waited]);
    if (found) return found.value;
    looked.catch(() => undefined);
    const why = transport.trouble?.()?.why ?? `no answer within ${answerWithin / 1000} s`;
    throw new CaducusError('CAD066', { path: '--engine' }, `the engine does not answer: ${why}`);
  } finally {
    over.abort();
    await transport.close();
  }
}
