import { hostname } from 'node:os';
import { CaducusError } from '../../errors.ts';
import { CheckpointLog } from '../../engine/checkpointLog.ts';
import { waitingFor } from '../../engine/engineRun.ts';
import { convertStates } from '../../engine/machines/convertStates.ts';
import type { SavedFeed } from '../../engine/machines/intakeFeed.ts';
import { encodeState } from '../../engine/machines/messages.ts';
import { openEngine } from '../../engine/openEngine.ts';
import { planWork, type PlannedWork } from '../../engine/plannedWork.ts';
import { askForRevision, readRevision, type Revision } from '../../engine/revision/revision.ts';
import { scopeTransport } from '../../engine/revision/scopeTransport.ts';
import { readHandover } from '../../engine/revision/takeOver.ts';
import { tellTrouble } from '../../engine/tellTrouble.ts';
import type { Transport } from '../../engine/transport.ts';
import { readPipeline } from '../../pipeline/packages/readPipeline.ts';
import { findPipeline } from '../../pipeline/shipped.ts';
import { print, printJson, tell, type CliContext } from '../shared/context.ts';
import { loadContext } from '../shared/loadContext.ts';

/** How often it is looked whether the file was taken, milliseconds; and after how many looks it is words what is waited for. */
const lookEvery = 500;
const looksBeforeWord = 10;

export interface ReloadFlags {
  engine: string;
  acceptChanges: boolean;
  require: string[];
}

/**
 * `caducus reload <file> --engine <url>`: the processes that run a pipeline on an engine go on with this file. Throws CAD040
 * where none has run there, CAD042 where the states do not fit it: then all goes on as before.
 */
export async function reloadOnEngine(name: string, { engine, acceptChanges, require }: ReloadFlags, context: CliContext): Promise<void> {
  const { io, dataDir, version: release, stop } = context;
  const { file, text } = await findPipeline(io, name);
  const loading = await loadContext({ require }, context);
  const pipeline = await readPipeline(file, text, loading, io);
  const { partitions, lease, replicas } = pipeline.engine;
  const planned = planWork(pipeline, { io, dataDir, release, partitions });
  const options = { pipeline: pipeline.name, lease, replicas, existing: true };
  const transport = await openEngine(engine, options, { registry: loading.registry, files: io.files, file });
  const over = new AbortController();
  const telling = tellTrouble({ io, transport, signal: AbortSignal.any([over.signal, stop]), tell: (words) => void tell(context, words) });
  try {
    const known = await readRevision(transport);
    if (!known) throw new CaducusError('CAD040', {}, `no process has begun with "${pipeline.name}" on ${engine}`);
    await checkFit(transport, known.revision, planned, { acceptChanges, now: io.now() });
    const next = {
      made: planned.made,
      release,
      partitions: planned.partitions,
      at: io.now(),
      by: `reload on ${hostname()}`,
      acceptChanges,
    };
    const before = known.revision.made === planned.made ? null : await askForRevision(transport, next);
    const notes = before && (await follow(transport, before, planned, context));
    if (before && !notes) return await tell(context, 'The file is asked for still, and is taken as soon as it can be.');
    const what = notes ? 'goes on with its file as it is now.' : 'is run by this file already.';
    await (context.json
      ? printJson(context, { pipeline: pipeline.name, notes: notes ?? [] })
      : print(context, [`${pipeline.name} ${what}`, ...(notes ?? [])]));
  } finally {
    over.abort();
    await telling;
    await transport.close();
  }
}

/** Throws CAD042 where what was saved last could not be gone on from; the keys of the operators are looked at when it is taken. */
async function checkFit(
  transport: Transport,
  { number, made }: Revision,
  { pipeline, cut, partitions }: PlannedWork,
  { acceptChanges, now }: { acceptChanges: boolean; now: number },
): Promise<void> {
  const once = pipeline.sources.find(({ source }) => source.spec.name === 'stdin');
  if (once)
    throw new CaducusError('CAD042', { file: pipeline.file }, `source ${once.id} is standard input, which cannot be handed over`, {
      hint: 'Stop all processes, and begin under another name.',
    });
  const before = scopeTransport(transport, number);
  const load = (name: string) => new CheckpointLog(before, name, { id: 'reload', made, now: () => now }).load();
  const [desk, sequencer] = [await load('desk'), await load('sequencer')];
  if (!desk) return;
  const places = sequencer?.state[0] ?? encodeState({ clock: 0, sources: [] } satisfies SavedFeed);
  convertStates({ whole: desk.state[0]!, sequencer: places }, { pipeline, cut, partitions, acceptChanges });
}

/** Waits until it was taken; resolves to what became of what was known, null where it is not waited for any longer. */
async function follow(
  transport: Transport,
  before: Revision,
  { made, pipeline }: PlannedWork,
  context: CliContext,
): Promise<readonly string[] | null> {
  const { io, stop } = context;
  let words = '';
  for (let looks = 1; !stop.aborted; looks += 1) {
    const { revision } = (await readRevision(transport))!;
    if (revision.made === made && revision.number > before.number) return revision.notes ?? [];
    if (revision.refused?.made === made)
      throw new CaducusError('CAD042', { file: pipeline.file }, `it cannot be taken, and all goes on as before: ${revision.refused.why}`);
    if (revision.number > before.number || (revision.next && revision.next.made !== made))
      throw new CaducusError('CAD042', { file: pipeline.file }, 'another file was asked for meanwhile', { hint: 'Try again.' });
    const waits = `Waits ${waitingFor[await readHandover(transport, revision)]}.`;
    if (looks % looksBeforeWord === 0 && waits !== words) await tell(context, (words = waits));
    await io.sleep(lookEvery, stop).catch(() => undefined);
  }
  return null;
}
