import { readFileSync } from 'node:fs';

/** One instruction: `COPY`, and what stands behind it. */
export interface Instruction {
  name: string;
  rest: string;
}

/** What a Containerfile says: its instructions, and of its last stage what runs, what checks its health, and its variables. */
export function readContainerfile(path: string): {
  instructions: Instruction[];
  last: Instruction[];
  run: string[];
  health: string[];
  env: Record<string, string>;
} {
  const instructions = readFileSync(path, 'utf8')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name, rest] = /^([A-Z]+) (.+)$/.exec(line) ?? [];
      if (name === undefined) throw new Error(`${path}: no instruction: ${line}`);
      return { name, rest: rest! };
    });
  const last = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'));
  const texts = (name: string) => last.filter((one) => one.name === name).map(({ rest }) => rest);
  const argv = (name: string) => JSON.parse(texts(name)[0]!.replace(/^[^[]*/, '')) as string[];
  return {
    instructions,
    last,
    run: [...argv('ENTRYPOINT'), ...argv('CMD')],
    health: argv('HEALTHCHECK'),
    env: Object.fromEntries(texts('ENV').flatMap((rest) => rest.split(' ').map((pair) => pair.split('=') as [string, string]))),
  };
}
