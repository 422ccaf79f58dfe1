/**
 * Whether the tests notice what is broken: `npm run mutations [part of a file's name]`. One line is changed at a time in a
 * copy of the sources, and the spec named beside it has to fail; each spec passes first without a change. As many at a time
 * as there are processors, up to four. Exit 1 when a mutation survives.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { mutationList, type Mutation } from './support/mutationList.ts';

/** A spec that takes longer hangs: what was changed is noticed. Milliseconds. */
const patience = 300_000;
const copied = ['src', 'operators', 'config', 'pipelines', 'fixtures', 'test', 'bench', 'package.json', 'tsconfig.json', '.mocharc.yml'];

const [wanted = ''] = process.argv.slice(2);
const mutations = mutationList.filter(([file]) => file.includes(wanted));
// A mutation of what is no longer there would be one that nobody makes: seen before anything runs.
for (const [file, from] of mutations)
  if (!readFileSync(file, 'utf8').includes(from)) throw new Error(`${file} no longer contains: ${from}`);

/** Runs a spec in a copy; whether it passed, and what it said. Whatever it started ends with it. */
function run(copy: string, spec: string): Promise<{ passed: boolean; said: string }> {
  const args =
    spec === 'pipelines'
      ? ['--import=tsx', 'src/cli/main.ts', 'test']
      : ['node_modules/mocha/bin/mocha.js', '--timeout', '20000', '--bail', spec];
  const child = spawn(process.execPath, args, { cwd: copy, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => (said = `${said}${part}`.slice(-2000)));
  const end = () => {
    try {
      process.kill(-child.pid!, 'SIGKILL');
    } catch {
      // It has ended by itself, and all that it started.
    }
  };
  const limit = setTimeout(end, patience);
  return new Promise((done) =>
    child.once('close', (code) => {
      clearTimeout(limit);
      end();
      done({ passed: code === 0, said });
    }),
  );
}

async function mutate(copy: string, [file, from, to, spec]: Mutation): Promise<boolean> {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
  const { passed } = await run(copy, spec);
  writeFileSync(path, text);
  console.log(`${passed ? 'SURVIVED' : 'noticed '}  ${file}: ${from}  ->  ${to || 'nothing'}  (${spec})`);
  return !passed;
}

const root = mkdtempSync(join(tmpdir(), 'caducus-mutations-'));
try {
  const copies = Array.from({ length: Math.min(4, availableParallelism()) }, (_, i) => join(root, String(i)));
  for (const copy of copies) {
    for (const name of copied) cpSync(name, join(copy, name), { recursive: true });
    symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  }
  /** Each copy takes the next piece of work when it is done with one. */
  const share = async <T, R>(all: readonly T[], work: (copy: string, one: T) => Promise<R>): Promise<R[]> => {
    const left = [...all.entries()];
    const results: R[] = [];
    const worker = async (copy: string) => {
      for (let next = left.shift(); next; next = left.shift()) results[next[0]] = await work(copy, next[1]);
    };
    await Promise.all(copies.map(worker));
    return results;
  };
  // A spec that fails by itself would notice everything.
  await share([...new Set(mutations.map((one) => one[3]))], async (copy, spec) => {
    const { passed, said } = await run(copy, spec);
    if (!passed) throw new Error(`${spec} fails without a mutation:\n${said}`);
  });
  const noticed = await share(mutations, mutate);
  const many = noticed.filter(Boolean).length;
  console.log(`${many} of ${mutations.length} mutations noticed`);
  process.exitCode = many === mutations.length ? 0 : 1;
} finally {
  rmSync(root, { recursive: true, force: true });
}
