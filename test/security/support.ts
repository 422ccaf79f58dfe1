import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/program.ts';
import { testIo } from '../support/testIo.ts';

/** Runs a command line in this process. */
export async function caducus(
  args: string[],
  { stdin = '', env = {} as Record<string, string> } = {},
): Promise<{ exit: number; out: string; err: string }> {
  const io = testIo({ stdin: stdin === '' ? [] : [Buffer.from(stdin)], env: { HOME: '/nonexistent', ...env } });
  const exit = await main(args, '0.0.0-test', io);
  return { exit, out: io.stdout.text, err: io.stderr.text };
}

/** Every path below a folder, links not followed. */
export function below(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return lstatSync(path).isDirectory() ? [path, ...below(path)] : [path];
  });
}

/** The content of every file below a folder, names included. */
export const allText = (folder: string): string =>
  below(folder)
    .map((path) => `${path}\n${lstatSync(path).isFile() ? readFileSync(path, 'utf8') : ''}`)
    .join('\n');

export const record = (id: string, second: number, text: string, group = 'g', metadata: object = {}): string =>
  JSON.stringify({
    id,
    timestamp: new Date(Date.UTC(2026, 2, 14, 0, 0, second)).toISOString(),
    source: 's',
    group_id: group,
    text,
    metadata,
  });
