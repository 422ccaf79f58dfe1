import { isNewer, recordText } from '../base/recordText.ts';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Files } from '../io.ts';
import { digest } from '../base/digest.ts';
import { pattern } from '../base/pattern.ts';
import { isZoneName } from '../base/zone.ts';
import { guess } from '../results/guess.ts';
import type { Mark } from '../signal.ts';

/** Bytes of a mark's line; a longer one is refused, so that a file of something else is not read for ever. */
const longest = 65_536;
const newline = 0x0a;

const time = z.iso.datetime({ offset: true });
const text = z.string().max(4000);
const mark = z.object({
  id: z.string().min(1).max(64),
  type: z.enum(['ack', 'silence', 'note', 'resolve', 'change', 'useful', 'useless', 'guess']),
  target: z.string().max(1000),
  who: z.string().max(200),
  at: time,
  from: time.optional(),
  match: z.object({ group: pattern.optional(), labels: z.record(z.string().max(200), z.string().max(1000)).optional() }).optional(),
  schedule: z
    .object({
      every: z.enum(['day', 'weekday', 'week']),
      minutes: z.int().min(0).max(10_079),
      zone: z.string().refine(isZoneName, 'is no time zone'),
      lasts_ms: z
        .number()
        .min(1)
        .max(7 * 86_400_000),
    })
    .optional(),
  until: time.optional(),
  until_state: z.enum(['new', 'returning', 'rising', 'rare', 'falling', 'gone', 'steady']).optional(),
  as_usual: z.array(z.string()).optional(),
  text: text.optional(),
  link: text.optional(),
  via: z.string().max(64).optional(),
  guess: guess.optional(),
});

/** Where the marks of a data folder are. */
export const marksFile = (dataDir: string): string => join(dataDir, 'marks', 'marks.ndjson');

/** A mark with its id: a hash of all it says. */
export const withId = (given: Omit<Mark, 'id'>): Mark => ({ id: digest(JSON.stringify(given), 12), ...given });

/**
 * Adds a mark to the file of a data folder, durably. One write in append mode a mark: people and running pipelines can
 * use the file at the same time. Throws a ZodError when the mark is none.
 */
export async function appendMark(files: Files, dataDir: string, given: Mark): Promise<void> {
  const path = marksFile(dataDir);
  const line = recordText(mark.parse(given));
  if (Buffer.byteLength(line) > longest) throw new RangeError(`a mark takes at most ${longest} bytes`);
  await files.makeFolder(dirname(path));
  // A line that a crash tore must not swallow this one.
  const torn = !(await endsLine(files, path));
  const file = await files.open(path, 'a');
  try {
    const bytes = Buffer.from(`${torn ? '\n' : ''}${line}\n`);
    const written = await file.write(bytes);
    if (written !== bytes.length) throw Object.assign(new Error('the mark was not written whole'), { code: 'EIO' });
    await file.sync();
  } finally {
    await file.close();
  }
}

export type MarkLine = { mark: Mark } | { reason: string; original: string };

/** The complete lines of the marks file from a byte offset on, and the offset behind them. Each is a mark or a reason why not. */
export async function readMarks(files: Files, dataDir: string, from = 0): Promise<{ lines: MarkLine[]; position: number }> {
  const path = marksFile(dataDir);
  const size = (await files.stat(path))?.size ?? 0;
  // A file that was emptied or replaced by a shorter one is read from its beginning.
  const start = from > size ? 0 : from;
  if (size === start) return { lines: [], position: start };
  const chunks: Uint8Array[] = [];
  for await (const chunk of files.chunks(path, { start, end: size - 1 })) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const end = bytes.lastIndexOf(newline) + 1;
  const lines = bytes
    .subarray(0, end)
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return { lines: lines.map(makeLine), position: start + end };
}

function makeLine(line: string): MarkLine {
  const original = line.slice(0, 4096);
  if (line.length > longest) return { reason: 'a mark is longer than it can be', original };
  let data: unknown;
  try {
    data = JSON.parse(line);
  } catch {
    return { reason: 'bad JSON', original };
  }
  if (isNewer(data)) return { reason: 'a mark of a later release', original };
  const checked = mark.safeParse(data);
  if (checked.success) return { mark: checked.data as Mark };
  const [issue] = checked.error.issues;
  return { reason: `no mark: ${issue ? `${issue.path.join('.')} ${issue.message}`.trim() : 'unknown shape'}`, original };
}

async function endsLine(files: Files, path: string): Promise<boolean> {
  const size = (await files.stat(path))?.size ?? 0;
  if (size === 0) return true;
  for await (const chunk of files.chunks(path, { start: size - 1, end: size - 1 })) return chunk[0] === newline;
  return true;
}
