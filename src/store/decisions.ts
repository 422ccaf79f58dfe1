import { recordLine, recordText, withoutSchema } from '../base/recordText.ts';
import { join } from 'node:path';
import { replaceFile, writeAll, type Files } from '../io.ts';
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

/** Bytes of what is kept of each day, by its date. */
export async function measureDecisions(files: Files, folder: string): Promise<Record<string, number>> {
  const sizes: Record<string, number> = {};
  for (const name of await files.list(folder)) {
    const day = form.exec(name)?.[1];
    const stat = day === undefined ? null : await files.lstat(join(folder, name));
    if (stat?.isFile()) sizes[day!] = stat.size;
  }
  return sizes;
}

/**
 * Goes back to where the days had those sizes. What sinks had made of findings since then stays: that was done, whatever it
 * was done for.
 */
export async function cutDecisions(files: Files, folder: string, sizes: Readonly<Record<string, number>>): Promise<void> {
  for (const [day, size] of Object.entries(await measureDecisions(files, folder))) {
    const kept = sizes[day] ?? 0;
    if (size <= kept) continue;
    const path = join(folder, `${day}.ndjson`);
    const bytes = await files.readBytes(path);
    const lines = Buffer.from(bytes.subarray(kept)).toString().split('\n');
    const done = lines.filter((line) => 'wall' in (parseLine(line) ?? {})).map((line) => `${line}\n`);
    if (kept === 0 && done.length === 0) await files.remove(path);
    else await replaceFile(files, path, Buffer.concat([bytes.subarray(0, kept), Buffer.from(done.join(''))]));
  }
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
