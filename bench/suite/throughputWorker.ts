/** One measurement in a process of its own: prints its seconds and its resident memory at each tenth of the input. */
import { createReadStream, statSync } from 'node:fs';
import { join } from 'node:path';

const [what, input, folder] = process.argv.slice(2) as [string, string, string];
const size = statSync(input).size;
const rssMiB: number[] = [];
let next = 0.1;
const sample = (share: number) => {
  if (share < next) return;
  next += 0.1;
  rssMiB.push(Math.round(process.memoryUsage.rss() / 2 ** 20));
};

async function bare(): Promise<number> {
  let rest = '';
  let read = 0;
  let kept = 0;
  for await (const chunk of createReadStream(input, { encoding: 'utf8', highWaterMark: 1 << 18 })) {
    const text = rest + String(chunk);
    read += String(chunk).length;
    let at = 0;
    for (let end = text.indexOf('\n', at); end >= 0; end = text.indexOf('\n', at)) {
      kept += (JSON.parse(text.slice(at, end)) as { text: string }).text.length;
      at = end + 1;
    }
    rest = text.slice(at);
    sample(read / size);
  }
  return kept;
}

/** What a run reads, and what it keeps of it. */
const kinds: Readonly<Record<string, { format: string; select: string; checkpoint: string }>> = {
  blips: { format: 'ndjson', select: 'blip, radar', checkpoint: '1h' },
  events: { format: 'ndjson', select: 'event, blip, radar', checkpoint: '1h' },
  checkpoints: { format: 'ndjson', select: 'blip, radar', checkpoint: '1s' },
  lines: { format: 'lines', select: 'blip, radar', checkpoint: '1h' },
};

async function radar({ format, select, checkpoint }: (typeof kinds)[string]): Promise<void> {
  const pipeline = join(folder, `${what}.yaml`);
  const { writeFileSync } = await import('node:fs');
  writeFileSync(
    pipeline,
    `name: bench
checkpoint: { every: ${checkpoint} }
sources: { in: { file: { path: "${input}", format: ${format} } } }
operators:
  - normalize: {}
  - group_by: { key: group_id }
  - memory: { window: 1m }
  - rank: { top: 8 }
sinks:
  out: { ndjson: { path: "${join(folder, `${what}-${process.pid}.ndjson`)}", select: [${select}] } }
`,
  );
  const total = Number(process.env['EVENTS'] ?? 1_000_000);
  let seen = 0;
  await new Promise<void>((resolve, reject) => {
    run(pipeline, { dataDir: join(folder, `${what}-${process.pid}`) }).subscribe({
      next: ({ kind }) => {
        if (kind === 'event' && (seen += 1) % 10_000 === 0) sample(seen / total);
      },
      error: reject,
      complete: resolve,
    });
  });
}

// The program is loaded before the clock starts: bench/startup.ts measures that. What is measured is a second more of input.
const { run } = (await import(new URL('../../dist/src/index.js', import.meta.url).href)) as typeof import('../../src/index.ts');
const began = performance.now();
const cpu = process.cpuUsage();
if (what === 'bare') await bare();
else await radar(kinds[what]!);
const { user, system } = process.cpuUsage(cpu);
console.log(JSON.stringify({ seconds: (performance.now() - began) / 1000, cpuSeconds: (user + system) / 1e6, rssMiB }));
