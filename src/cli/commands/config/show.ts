import { z } from 'zod';
import { defineCommand } from '../../shared/command.ts';
import { print, printJson, type CliContext } from '../../shared/context.ts';
import { on } from '../../shared/flags.ts';
import { settingRows } from '../../settings/settingRows.ts';

/** `caducus config show [--origin]`: each value in force, secrets masked, and with `--origin` what set it. */
export const command = defineCommand({
  flags: z.strictObject({ origin: on('what set each value: a file with line and column, a variable, a flag') }),
  examples: ['caducus config show --origin', 'caducus config show --config data_dir=/var/lib/caducus --json'],
  run: async (_args, { origin }, context) => showSettings(origin, context),
});

async function showSettings(origin: boolean, context: CliContext): Promise<void> {
  const rows = settingRows(context.layered);
  if (context.json)
    return printJson(context, Object.fromEntries(rows.map((r) => [r.key, origin ? { value: r.value, origin: r.origin } : r.value])));
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : JSON.stringify(value));
  const keys = Math.max(...rows.map((r) => r.key.length));
  const values = Math.max(...rows.map((r) => text(r.value).length));
  return print(
    context,
    rows.map((r) =>
      origin ? `${r.key.padEnd(keys)}  ${text(r.value).padEnd(values)}  ${r.origin}` : `${r.key.padEnd(keys)}  ${text(r.value)}`,
    ),
  );
}
