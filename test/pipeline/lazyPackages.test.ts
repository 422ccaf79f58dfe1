import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { temporaryFolder } from '../support/testIo.ts';

const run = promisify(execFile);
const heavy = /@(tensorflow|tensorflow-models|aws-sdk|smithy)\//;

/** Which heavy packages a fresh process holds after that script. */
async function loadedAfter(script: string): Promise<string[]> {
  const report = `
    import { createRequire } from 'node:module';
    const { cache } = createRequire(process.cwd() + '/x.js');
    const heavy = ${heavy.toString()};
    process.stdout.write(JSON.stringify([...new Set(Object.keys(cache).map((path) => heavy.exec(path)?.[1]).filter(Boolean))]));`;
  const { stdout } = await run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', `${script}\n${report}`]);
  return JSON.parse(stdout) as string[];
}

describe('a pipeline with the lexical embedder', () => {
  const folder = temporaryFolder();

  it('loads neither TensorFlow.js nor the AWS SDK, from its first record to its last', async () => {
    const lines = ['connection refused', 'disk full', 'connection refused'].map((text, n) =>
      JSON.stringify({ text, timestamp: `2026-03-14T00:00:0${n}Z`, source: 's' }),
    );
    writeFileSync(folder.file('in.ndjson'), `${lines.join('\n')}\n`);
    writeFileSync(
      folder.file('p.yaml'),
      `name: p
sources: { in: { file: { path: "${folder.file('in.ndjson')}", format: ndjson } } }
operators:
  - memory: { embedder: lexical }
  - rank: {}
`,
    );
    const script = `
      const { run } = await import('./src/index.ts');
      let radars = 0;
      await new Promise((complete, error) => run(${JSON.stringify(folder.file('p.yaml'))}).subscribe({ next: ({ kind }) => void (radars += kind === 'radar'), complete, error }));
      if (radars === 0) throw new Error('the pipeline gave nothing');`;
    expect(await loadedAfter(script)).to.deep.equal([]);
  });

  it('would be seen to load them', async () => {
    expect(await loadedAfter("await import('@tensorflow/tfjs-core');")).to.deep.equal(['tensorflow']);
  });
});
