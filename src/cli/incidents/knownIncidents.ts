import { CaducusError } from '../../errors.ts';
import type { SinkDecision } from '../../findings/whyNot/decision.ts';
import { linkIncidents, type Incident } from '../../findings/incidents/incident.ts';
import { tellTimeline, type TimelineEntry } from '../../findings/incidents/timeline.ts';
import { isEpisode } from '../../findings/isEpisode.ts';
import type { EpisodeFinding } from '../../signal.ts';
import { readDecisions } from '../../store/decisions.ts';
import { sanitize } from '../../views/text/sanitize.ts';
import { allMarks } from '../recall/allMarks.ts';
import { allKnown, lastKnown } from '../recall/known.ts';
import { stateFolders } from '../shared/stateFolders.ts';
import type { CliContext } from '../shared/context.ts';

/** Candidates that are named when the beginning of an id fits several. */
const most = 5;

/** The incidents of all runs of the data folder, or of one, the latest first. Throws CAD002 where nothing is known. */
export async function knownIncidents(context: CliContext, pipeline?: string): Promise<Incident[]> {
  await lastKnown(context, pipeline);
  const all = new Map<string, EpisodeFinding>();
  // Of one that several runs know the run that wrote last tells.
  for await (const { recall } of allKnown(context, pipeline))
    for (const finding of recall.findings) if (isEpisode(finding) && !all.has(finding.id)) all.set(finding.id, finding);
  return linkIncidents([...all.values()], await allMarks(context));
}

/** The incident whose id begins so, with its timeline. Throws CAD002 when none does, or several. */
export async function findIncident(
  given: string,
  context: CliContext,
  pipeline?: string,
): Promise<{ incident: Incident; timeline: TimelineEntry[] }> {
  const fits = (await knownIncidents(context, pipeline)).filter(({ finding }) => given !== '' && finding.id.startsWith(given));
  const incident = fits.find(({ finding }) => finding.id === given) ?? fits[0];
  if (!incident)
    throw new CaducusError('CAD002', {}, `no incident has an id that begins with "${given}"`, { hint: 'caducus incidents lists them.' });
  if (fits.length > 1 && incident.finding.id !== given) {
    const list = fits.slice(0, most).map(({ finding: { id, title } }) => `${id}  ${sanitize(title)}`);
    throw new CaducusError('CAD002', {}, `"${given}" fits ${fits.length} incidents`, { hint: list.join('\n') });
  }
  return { incident, timeline: tellTimeline(incident, await listSent(incident.finding.id, context)) };
}

/** When it was sent to whom, as far as that is kept. */
async function listSent(id: string, context: CliContext): Promise<{ at: string; to: string }[]> {
  const sent: { at: string; to: string }[] = [];
  for (const name of await stateFolders(context))
    for (const one of await readDecisions(context.io.files, context.dataDir, name))
      if (one.kind === 'sent' && one.id === id) sent.push({ at: (one as SinkDecision).at, to: (one as SinkDecision).sink });
  return sent;
}
