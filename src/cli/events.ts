import { RE2JS } from 're2js';
import { parseDuration } from '../../config/scalars.ts';
import { CaducusError } from '../errors.ts';
import { eventLine } from '../sinks/views/eventLines.ts';
import { readEvents } from '../store/reader.ts';
import { pictureStyle, print } from './context.ts';
import type { CommandBody } from './commandBody.ts';

/** `caducus events`: stored events, oldest first. */
export const events: CommandBody = async (_args, flags, context) => {
  const { io, dataDir } = context;
  const limit = Number(flags['limit']);
  if (!Number.isInteger(limit) || limit < 1) throw new CaducusError('CAD002', { path: '--limit' }, 'expected a whole number of at least 1');
  const grep = typeof flags['grep'] === 'string' ? compile(flags['grep']) : null;
  const range = { group: text(flags['group']), since: timeOf(flags['since'], '--since', io.now()), until: timeOf(flags['until'], '--until', io.now()) };
  const style = pictureStyle(context);
  let left = limit;
  for await (const event of readEvents(io.files, dataDir, range)) {
    if (context.stop.aborted) break;
    if (grep && !grep.matcher(event.text).find()) continue;
    if (context.json) {
      if (!(await io.stdout.write(`${JSON.stringify(event)}\n`))) break;
    } else {
      await print(context, [eventLine(event, style)]);
    }
    left -= 1;
    if (left <= 0) break;
  }
};

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** RE2 syntax, which runs in linear time whatever the pattern. */
function compile(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (cause) {
    throw new CaducusError('CAD002', { path: '--grep' }, cause instanceof Error ? cause.message : String(cause), { cause, hint: 'Patterns are in RE2 syntax.' });
  }
}

/** An ISO time, or an age such as -1h; milliseconds since 1970. */
function timeOf(value: unknown, flag: string, now: number): number | undefined {
  if (typeof value !== 'string') return undefined;
  const age = value.startsWith('-') ? parseDuration(value.slice(1)) : null;
  if (age !== null) return now - age;
  const time = Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(value) ? value : `${value}Z`);
  if (!Number.isNaN(time)) return time;
  throw new CaducusError('CAD002', { path: flag }, `"${value}" is no time`, { hint: 'Give ISO 8601 such as 2026-03-14T03:05Z, or an age such as -1h.' });
}
