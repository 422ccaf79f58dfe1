import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Something that was read, and the type that it has to be of: `Deployment` of `kubernetes-types/apps/v1`. */
export interface Typed {
  name: string;
  type: string;
  module: string;
  value: unknown;
}

/** What TypeScript finds wrong in these, a line each: a key that the type does not know, one that lacks, a value of another kind. */
export async function findTypeErrors(typed: readonly Typed[]): Promise<string[]> {
  // Below node_modules, where the packages of the types are found.
  const folder = mkdtempSync(join('node_modules', '.caducus-types-'));
  try {
    const files = typed.map(({ type, module, value }, i) => {
      const file = join(folder, `typed${i}.ts`);
      writeFileSync(file, `import type { ${type} } from '${module}';\nexport const value: ${type} = ${JSON.stringify(value, null, 2)};\n`);
      return file;
    });
    const options = [
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--module',
      'esnext',
      '--moduleResolution',
      'bundler',
      '--types',
      '',
    ];
    const { stdout } = await promisify(execFile)('node_modules/.bin/tsc', [...options, ...files]).catch(
      (error: { stdout: string }) => error,
    );
    return stdout
      .split('\n')
      .filter((line) => /error TS/.test(line))
      .map((line) => line.replace(/^.*typed(\d+)\.ts/, (_, i: string) => typed[Number(i)]!.name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
