import type { Event } from '../../event.ts';
import type { Io } from '../../io.ts';
import { analyze as analyzeGroup } from '../../memory/classic/analyze.ts';
import type { EventSignal } from '../../signal.ts';
import { folder } from '../../sinks/folder.ts';
import { readEvents } from '../../store/reader.ts';
import { keepAnalysis } from '../recall/analyzeStored.ts';

/** Events written side by side before the next are read. */
const batch = 512;

interface Surroundings {
  /** Write the analysis of each group beside the events. */
  analyze: boolean;
  /** Groups of the events, filled while these are read. */
  groups: ReadonlyMap<string, number>;
  io: Io;
  stop: AbortSignal;
}

/** What an export into a folder adds to what is known of it. */
export interface FolderExport {
  new: number;
  there_already: number;
  topics: number;
  runs: number;
}

/**
 * Writes one file an event, `events/<id>.json`, and what `caducus analyze` says of each group that came, over all that
 * the folder then holds of it. What is there already stays as it is.
 */
export async function exportFolder(
  path: string,
  events: AsyncIterable<Event>,
  { analyze, groups, io, stop }: Surroundings,
): Promise<FolderExport> {
  const sink = await folder.open({ path, fsync: 'never' }, { io, id: 'export', dataDir: path, from: null, pipeline: 'export' });
  try {
    let waiting: EventSignal[] = [];
    for await (const event of events) {
      waiting.push({ kind: 'event', time: Date.parse(event.timestamp), key: '', event });
      if (waiting.length < batch) continue;
      await sink.write(waiting);
      waiting = [];
    }
    await sink.write(waiting);
    await sink.flush();
  } finally {
    await sink.close();
  }
  const figures = sink.figures!();
  const written = { new: Number(figures['new']), there_already: Number(figures['there_already']) };
  return { ...written, ...(analyze && !stop.aborted ? await analyzeAll(path, groups, io) : { topics: 0, runs: 0 }) };
}

async function analyzeAll(
  path: string,
  groups: ReadonlyMap<string, number>,
  { files }: Io,
): Promise<Pick<FolderExport, 'topics' | 'runs'>> {
  const byGroup = new Map<string, Event[]>([...groups.keys()].map((group) => [group, []]));
  for await (const event of readEvents(files, path)) byGroup.get(event.group_id)?.push(event);
  let topics = 0;
  for (const [group, events] of byGroup) {
    const analysis = analyzeGroup(group, events);
    await keepAnalysis(analysis, files, path);
    topics += analysis.topics.length;
    byGroup.set(group, []);
  }
  return { topics, runs: byGroup.size };
}
