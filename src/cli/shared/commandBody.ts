import type { CliContext } from './context.ts';
import type { GlobalFlags } from '../settings/settings.ts';

export type Flags = GlobalFlags & { json?: boolean; color?: boolean } & Record<string, unknown>;

/** A command: gets its arguments, its flags and the context; resolves to the exit code (0 when it says nothing). */
export type CommandBody = (args: string[], flags: Flags, context: CliContext) => Promise<number | void>;
