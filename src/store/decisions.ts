import { recordLine, recordText, withoutSchema } from '../base/recordText.ts';
import { join } from 'node:path';
import { writeAll, type Files } from '../io.ts';
import type { Decision, DecisionHead } from '../findings/whyNot/decision.ts';
import { encodeName } from './encodeName.ts';

/** Days that are kept, by event time. */
const keptDays = 7;
const dayMs = 86_400_000;
const form = /^(\d{4}-\d{2}-\d{2})\.ndjson$/;
/** A line is longer than it can be. */
const longest = 65_536;

/** Where what was decided lies: of each pipeline a file a day. */
export const decisionsFolder = (dataDir: string, pipeline: string): string => join(dataDir, 'decisions', encodeName(pipeline));
const headFile = (folder: string): string => join(folder, 'head.json');

/** Says what runs from now on. */
export async function writeDecisionHead(files: Files, dataDir: string, head: DecisionHead): Promise<void> {
  const folder = decisionsFolder(dataDir, head.pipeline);
  await files.makeFolder(folder);
  files.writeSync(headFile(folder), recordLine(head));
}

/** Adds decisions to the days they are of; days older than a week before the newest go. */
export async function appendDecisions(files: Files, folder: string, decisions: readonly Decision[]): Promise<void> {
  const byDay = new Map<string, string[]>();
  for (const one of decisions) {
    const line = recordText(one);
    const day = one.at.slice(0, 10);
    if (line.length > longest || !form.test(`${day}.ndjson`)) continue;
    const lines = byDay.get(day);
    if (lines) lines.push(line);
    else byDay.set(day, [line]);
  }
  await files.makeFolder(folder);
  const known = new Set(await files.list(folder));
  for (const [day, lines] of byDay) {
    const file = await files.open(join(folder, `${day}.ndjson`), 'a');
    await writeAll(file, Buffer.from(`${lines.join('\n')}\n`)).finally(() => file.close());
    if (!known.has(`${day}.ndjson`)) await forgetOld(files, folder);
  }
}

async function forgetOld(files: Files, folder: string): Promise<void> {
  const days = (await files.list(folder)).flatMap((name) => form.exec(name)?.[1] ?? []);
  const newest = Math.max(...days.map((day) => Date.parse(day)));
  for (const day of days) if (newest - Date.parse(day) > keptDays * dayMs) await files.remove(join(folder, `${day}.ndjson`));
}

/** What was decided, in the order in which it was. A line that a crash tore is passed over. */
export async function readDecisions(files: Files, dataDir: string, pipeline: string): Promise<Decision[]> {
  const folder = decisionsFolder(dataDir, pipeline);
  const all: Decision[] = [];
  for (const name of await files.list(folder)) {
    if (!form.test(name) || !(await files.lstat(join(folder, name)))?.isFile()) continue;
    for (const line of (await files.readText(join(folder, name))).split('\n')) {
      const one = parseLine(line);
      if (one) all.push(one);
    }
  }
  return all;
}

/** What ran when they were made; null where nothing is kept. */
export function readDecisionHead(files: Files, dataDir: string, pipeline: string): DecisionHead | null {
  const text = files.readSync(headFile(decisionsFolder(dataDir, pipeline)));
  return text === null ? null : withoutSchema(JSON.parse(text) as DecisionHead);
}

function parseLine(line: string): Decision | null {
  try {
    const one = JSON.parse(line) as Partial<Decision> | null;
    return typeof one?.at === 'string' && typeof one.kind === 'string' ? (one as Decision) : null;
  } catch {
    return null;
  }
}
