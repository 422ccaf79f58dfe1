import { EntityReader, type EntityStory } from '../../findings/entities/entityStory.ts';
import { compileField } from '../../kernel/template/compileTemplate.ts';
import type { EntityEpisode } from '../../views/tables/entityPage.ts';
import type { Incident } from '../../findings/incidents/incident.ts';
import { inputEvents } from '../recall/inputEvents.ts';
import { lastKnownOrNone } from '../recall/known.ts';
import { readFiles } from '../compare/readCompared.ts';
import type { InputFlags } from '../input/inputFlags.ts';
import { progressLine } from '../shared/progressLine.ts';
import { timeArgument } from '../shared/timeArgument.ts';
import type { CliContext } from '../shared/context.ts';

/** Between two words on how far it is. */
const EVERY = 4096;

/** What is read of what a run saw; times as they are given. */
export interface EntityFlags extends InputFlags {
  pipeline?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
}

/** Reads files, or else what the run that wrote last has seen, and tells the story of an entity. */
export async function readEntity(name: string, files: readonly string[], flags: EntityFlags, context: CliContext): Promise<EntityStory> {
  const reader = new EntityReader(name);
  if (files.length > 0) {
    await readFiles(files, flags, (event, group, time) => reader.add(event, group, time), context);
    return reader.story();
  }
  const known = await lastKnownOrNone(context, flags.pipeline);
  const by = known?.recall.by ?? flags.by;
  const readGroup = compileField(by);
  const now = known?.recall.as_of ? Date.parse(known.recall.as_of) : context.io.now();
  const at = (flag: 'since' | 'until') => (flags[flag] === undefined ? undefined : timeArgument(flags[flag], `--${flag}`, now));
  const progress = progressLine(context);
  let read = 0;
  for await (const event of inputEvents(known?.recall ?? null, { since: at('since'), until: at('until') }, context)) {
    if (context.stop.aborted) break;
    const group = readGroup(event);
    const time = Date.parse(event.timestamp);
    reader.add(event, typeof group === 'string' ? group : event.group_id, time);
    if (++read % EVERY === 0) progress.show({ read, newest: time, bytes: null });
  }
  await progress.clear();
  return reader.story();
}

/** The incidents in which it was what members have in common, the latest first. */
export const listEpisodes = (name: string, incidents: readonly Incident[]): EntityEpisode[] =>
  incidents.flatMap(({ finding: { id, since, state, title, result } }) => {
    const shared = result.in_common.find(({ value }) => value === name);
    return shared ? [{ id, since, state, title, in: shared.in, of: shared.of }] : [];
  });
