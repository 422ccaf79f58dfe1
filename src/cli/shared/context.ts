import { withSchema } from '../../base/recordText.ts';
import { parseDuration } from '../../../config/scalars.ts';
import type { Io } from '../../io.ts';
import { widest } from '../../views/text/viewOptions.ts';
import type { CompletedCommand } from '../completion/completedCommand.ts';
import type { GlobalFlags, LoadedSettings } from '../settings/settings.ts';

/** What every command is handed. */
export interface CliContext {
  io: Io;
  layered: LoadedSettings;
  /** The options of every command, as they were given. */
  given: GlobalFlags;
  dataDir: string;
  json: boolean;
  color: boolean;
  /** What program this is: a result that another one has kept is not this one's. Null where it keeps none, as when it is run from its sources. */
  program: string | null;
  /** Its version. */
  version: string;
  /** All commands of the program with their flags. */
  listCommands(): Promise<CompletedCommand[]>;
  /** Aborted by the first SIGINT or SIGTERM. */
  stop: AbortSignal;
}

/** How long a stopped run may take to hand over what it holds, milliseconds. */
export const drainTimeout = ({ layered }: Pick<CliContext, 'layered'>): number => parseDuration(layered.settings.drain_timeout) ?? 30_000;

/** How a picture is drawn. */
export function pictureStyle({ io, layered, color }: CliContext) {
  const { ascii, time_zone: timeZone } = layered.settings;
  const { isTTY } = io.stdout;
  return { columns: isTTY ? io.stdout.columns : widest, uncut: !isTTY, color, ascii, timeZone };
}

/** Prints lines to stdout; stops quietly when the reader has gone. */
export async function print(context: CliContext, lines: readonly string[]): Promise<void> {
  if (lines.length > 0) await context.io.stdout.write(`${lines.join('\n')}\n`);
}

/** Prints one JSON document; a record, and each of a list, with its schema. */
export async function printJson(context: CliContext, value: unknown): Promise<void> {
  await context.io.stdout.write(`${JSON.stringify(withSchema(value), null, context.io.stdout.isTTY ? 2 : undefined)}\n`);
}

/** A word on stderr: progress and advice, never data. */
export async function tell(context: CliContext, text: string): Promise<void> {
  await context.io.stderr.write(`${text}\n`);
}
