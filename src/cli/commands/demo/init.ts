import { join } from 'node:path';
import { z } from 'zod';
import { CaducusError } from '../../../errors.ts';
import { writeAll, type Files } from '../../../io.ts';
import { defineCommand } from '../../shared/command.ts';
import { on } from '../../shared/flags.ts';
import { print, printJson, type CliContext } from '../../shared/context.ts';
import { accessLog } from '../../demo/accessLog.ts';
import { earlierLog, incidentLog, quietLog } from '../../demo/demoLog.ts';
import { demoPipeline } from '../../demo/demoPipeline.ts';

/** `caducus demo init [folder]`: a quiet hour, an incident, an earlier one, an hour of a web server and a pipeline file to play with. Files that are there already stay. */
export const command = defineCommand({
  arguments: z.strictObject({ folder: z.string().default('.') }),
  flags: z.strictObject({ force: on('write over files that are there already') }),
  examples: ['caducus demo init', 'caducus demo init ./try && caducus radar ./try/quiet.log'],
  run: async ({ folder }, { force }, context) => writeDemo(folder, force, context),
});

async function writeDemo(folder: string, force: boolean, context: CliContext): Promise<void> {
  const { files } = context.io;
  const contents: Record<string, () => string> = {
    'earlier.log': earlierLog,
    'quiet.log': quietLog,
    'incident.log': incidentLog,
    'access.log': accessLog,
    'radar.yaml': () => demoPipeline,
  };
  await files.makeFolder(folder, 0o755);
  const written: { file: string; lines: number }[] = [];
  for (const [name, text] of Object.entries(contents)) {
    const path = join(folder, name);
    if (!force && (await files.stat(path))) {
      throw new CaducusError('CAD011', { file: path }, 'is there already', {
        hint: 'Choose an empty folder, or write over it with --force.',
      });
    }
    await write(files, path, text());
    written.push({ file: path, lines: text().split('\n').length - 1 });
  }
  if (context.json) return printJson(context, written);
  const width = Math.max(...written.map(({ file }) => file.length));
  await print(context, [
    ...written.map(({ file, lines }) => `${file.padEnd(width)}  ${lines.toLocaleString('en-US').padStart(6)} lines`),
    '',
    `caducus radar ${join(folder, 'quiet.log')}`,
  ]);
}

async function write(files: Files, path: string, text: string): Promise<void> {
  const file = await files.open(path, 'w', 0o644);
  await writeAll(file, Buffer.from(text)).finally(() => file.close());
}
