import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';

const run = promisify(execFile);

/** Which AWS packages a fresh process holds after that script. */
async function loadedAfter(script: string): Promise<string[]> {
  const report = `
    import { createRequire } from 'node:module';
    const { cache } = createRequire(process.cwd() + '/x.js');
    process.stdout.write(JSON.stringify([...new Set(Object.keys(cache).map((path) => /@aws-sdk\\/[\\w-]+/.exec(path)?.[0]).filter(Boolean))]));`;
  const { stdout } = await run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', `${script}\n${report}`]);
  return JSON.parse(stdout) as string[];
}
const open = (name: string, file: string, options: string) => `
  const { nodeIo } = await import('./src/io.ts');
  const { ${name} } = await import('./src/sources/${file}.ts');
  const source = ${name}.spec.open(${name}.spec.options.parse(${options}), { io: nodeIo(), id: 'x', from: null, signal: new AbortController().signal });`;

describe('the AWS SDK', () => {
  it('is not loaded by importing the sources that use it, nor by opening one that does not', async () => {
    const script = `${open('http', 'http', '{}')}
      await import('./src/sources/cloudwatchLogs.ts');
      await import('./src/sources/sqs.ts');`;
    expect(await loadedAfter(script)).to.deep.equal([]);
  });

  it('is not loaded by running a pipeline that reads from elsewhere, nor by collecting from a file', async function () {
    this.timeout(60_000);
    const script = `
      const { mkdtempSync, writeFileSync } = await import('node:fs');
      const home = mkdtempSync('/tmp/caducus-lazy-');
      writeFileSync(home + '/c.yml', 'collectors: { hdfs: { file: { path: fixtures/demo_hdfs_sample.csv, format: hdfs } } }');
      const { main } = await import('./src/cli/program.ts');
      const { nodeIo } = await import('./src/io.ts');
      const silent = { isTTY: false, columns: 80, write: async () => true };
      const io = { ...nodeIo(), stdout: silent, stderr: silent };
      for (const args of [['run', 'hdfs-radar', '--quiet'], ['collect', '-c', home + '/c.yml'], ['test', 'pipelines/ops-radar.yaml']]) {
        const exit = await main([...args, '--data-dir', home], '0.0.0-test', io);
        if (exit !== 0) throw new Error(args[0] + ' ended with ' + exit);
      }`;
    expect(await loadedAfter(script)).to.deep.equal([]);
  });

  it('is loaded when a source reads from AWS', async () => {
    const script = `process.env.AWS_EC2_METADATA_DISABLED = 'true'; process.env.AWS_CONFIG_FILE = '/nonexistent';
      ${open('sqs', 'sqs', "{ queueName: 'q' }")}
      await source.batches[Symbol.asyncIterator]().next().catch(() => {});`;
    expect(await loadedAfter(script))
      .to.include('@aws-sdk/client-sqs')
      .and.not.include('@aws-sdk/client-cloudwatch-logs');
  });
});
