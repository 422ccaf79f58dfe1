import { CaducusError } from '../../errors.ts';
import type { TopicRecord } from '../../memory/topics/topicRecord.ts';
import type { Blip, Finding } from '../../signal.ts';
import { sanitize } from '../../views/text/sanitize.ts';
import { shortIds } from '../../views/text/shortIds.ts';
import { readRecall, readTopics, recalls, type Known } from '../../store/recall.ts';
import type { CliContext } from '../shared/context.ts';

export type { Known };

/** What the beginning of an id means, and the run that knows it. */
export type Target = Known &
  (
    | { kind: 'pattern'; topic: TopicRecord; /** Its row about numbers, when the id is that row's. */ row?: Blip }
    | { kind: 'finding'; finding: Finding }
  );

/** Candidates that are named when the beginning of an id fits several. */
const most = 5;

/** What runs of the data folder knew, the one that wrote last first; only of `name` when it is given. */
export async function* allKnown({ io, dataDir }: CliContext, name?: string): AsyncGenerator<Known> {
  for (const one of await recalls(io.files, dataDir)) {
    const recall = name === undefined || name === one ? readRecall(io.files, dataDir, one) : null;
    if (recall) yield { recall, topics: readTopics(io.files, dataDir, one) };
  }
}

/** What the run that wrote last knew; null when there was none. */
export async function lastKnownOrNone(context: CliContext, name?: string): Promise<Known | null> {
  for await (const known of allKnown(context, name)) return known;
  return null;
}

/** As `lastKnownOrNone`; throws CAD002 when there was none. */
export async function lastKnown(context: CliContext, name?: string): Promise<Known> {
  const known = await lastKnownOrNone(context, name);
  if (known) return known;
  throw new CaducusError(
    'CAD002',
    {},
    name === undefined ? `nothing is known in ${context.dataDir} yet` : `nothing is known of "${name}" in ${context.dataDir}`,
    {
      hint: 'Run caducus radar FILE, or a pipeline, first: it keeps what it has learned.',
    },
  );
}

/**
 * The pattern or finding whose id begins so, in the run that wrote last among those that know one. Throws CAD002 when
 * nothing fits, and with the candidates when several do.
 */
export async function knownTarget(given: string, context: CliContext, name?: string): Promise<Target> {
  const target = await findTarget(given, context, name);
  if (target) return target;
  await lastKnown(context, name);
  throw new CaducusError('CAD002', {}, `no pattern or finding has an id that begins with "${given}"`, {
    hint: 'Ids are on the radar, and in caducus topics. Any unique beginning will do.',
  });
}

/** As `knownTarget`, null when nothing fits. */
export async function findTarget(given: string, context: CliContext, name?: string): Promise<Target | null> {
  if (given === '') return null;
  for await (const known of allKnown(context, name)) {
    const target = targetIn(given, known);
    if (target) return target;
  }
  return null;
}

/** As `knownTarget`, in one run; null when nothing fits. */
export function targetIn(given: string, known: Known): Target | null {
  const fits = given === '' ? [] : findTargets(given, known);
  const exact = fits.find((one) => targetId(one) === given);
  if (exact) return exact;
  if (fits.length > 1) throw ambiguous(given, fits);
  return fits[0] ?? null;
}

function findTargets(given: string, known: Known): Target[] {
  const patterns = known.topics
    // The id on the screen is that of the topic; findings, marks and JSON name its templates.
    .filter(({ topic_id: id, merged = [], template_ids: templates }) => [id, ...merged, ...templates].some((one) => one.startsWith(given)))
    .map((topic): Target => ({ ...known, kind: 'pattern', topic }));
  const findings = known.recall.findings
    .filter(({ id }) => id.startsWith(given))
    .map((finding): Target => ({ ...known, kind: 'finding', finding }));
  return [...patterns, ...findRows(given, known), ...findings];
}

/** Rows of the last radar that are about the numbers in a pattern's lines. */
function findRows(given: string, known: Known): Target[] {
  const rows = known.recall.radar ? [...known.recall.radar.blips, ...(known.recall.radar.earlier ?? [])] : [];
  return rows.flatMap((row): Target[] => {
    const topic =
      row.measure && row.template_id.startsWith(given) ? known.topics.find((one) => one.template_ids.includes(row.measure!.of)) : undefined;
    return topic ? [{ ...known, kind: 'pattern', topic, row }] : [];
  });
}

const targetId = (target: Target): string =>
  target.kind === 'pattern' ? (target.row?.template_id ?? target.topic.topic_id) : target.finding.id;

function ambiguous(given: string, fits: readonly Target[]): CaducusError {
  const short = shortIds(fits.map(targetId));
  const list = fits.slice(0, most).map((one) => {
    const text = one.kind === 'pattern' ? one.topic.label : one.finding.title;
    return `${short(targetId(one))}  ${one.kind}  ${sanitize(text)}`;
  });
  const more = fits.length > most ? [`and ${fits.length - most} more`] : [];
  return new CaducusError('CAD002', {}, `"${given}" fits ${fits.length} ids`, { hint: [...list, ...more].join('\n') });
}
