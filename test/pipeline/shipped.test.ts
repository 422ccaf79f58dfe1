import { expect } from 'chai';
import { findPipeline, shippedNames, withSamples } from '../../src/pipeline/shipped.ts';
import type { CaducusError } from '../../src/errors.ts';
import { nodeIo, type Io } from '../../src/io.ts';

const text = `sources:
  a: { file: { path: "\${LOG:-fixtures/a.csv}" } }
tests:
  - feed: { a: fixtures/x/in.ndjson, b: fixtures/b.csv }
`;

describe('a shipped pipeline', () => {
  it('names samples of the package in whatever folder a person stands', () => {
    expect(withSamples(text, '/opt/my tools/caducus')).to.equal(`sources:
  a: { file: { path: "\${LOG:-/opt/my tools/caducus/fixtures/a.csv}" } }
tests:
  - feed: { a: "/opt/my tools/caducus/fixtures/x/in.ndjson", b: "/opt/my tools/caducus/fixtures/b.csv" }
`);
  });

  for (const odd of ['/a"b', '/a\\b', '/a}b', '/a$b', '/a\nb']) {
    it(`stays as it is when the package lies in ${JSON.stringify(odd)}`, () => expect(withSamples(text, odd)).to.equal(text));
  }

  it('is not taken for a file that lies here under its name without the ending', async () => {
    const io = {
      ...nodeIo(),
      files: { ...nodeIo().files, list: (path: string) => (path === '.' ? ['radar.yaml'] : nodeIo().files.list(path)) },
    };
    const refusal = (name: string) => findPipeline(io as Io, name).catch((error: CaducusError) => error.hint);
    expect(await refusal('radar')).to.equal('did you mean "radar.yaml"?');
    expect(await refusal('hdfs-rader')).to.equal('did you mean "hdfs-radar"?');
    expect(await refusal('nothing-alike')).to.match(/^shipped: alerts-radar, .*; or give the path of a file$/);
  });

  it('finds every sample it names', async () => {
    const io = nodeIo();
    for (const name of await shippedNames(io)) {
      const { text: found } = await findPipeline(io, name);
      for (const [sample] of found.matchAll(/fixtures\/[\w./-]+/g))
        expect(await io.files.stat(sample), `${name}: ${sample}`).to.not.equal(null);
    }
  });
});
