import { expect } from 'chai';
import { appendFileSync, copyFileSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { nodeFiles, type Files } from '../../../src/io.ts';
import { followFile, textsOf, withFolder } from './fileRuns.ts';

const line = (text: string) => `2024-05-01 10:00:00 INFO ${text}\n`;

describe('file: follow', () => {
  const folder = withFolder();
  const lines = { format: 'lines' };

  it('reads what is there, and then what is added', async () => {
    const path = folder.at('app.log');
    writeFileSync(path, line('one'));
    const { signals } = await followFile({ path, ...lines }, [() => appendFileSync(path, line('two') + line('three'))]);
    expect(textsOf(signals)).to.deep.equal(['one', 'two', 'three']);
  });

  it('waits for the rest of a line', async () => {
    const path = folder.at('app.log');
    writeFileSync(path, '2024-05-01 10:00:00 INFO ha');
    const { signals } = await followFile({ path, ...lines }, [() => undefined, () => undefined, () => appendFileSync(path, 'lf\n')]);
    expect(textsOf(signals)).to.deep.equal(['half']);
  });

  it('waits for a file that is not there yet', async () => {
    const path = folder.at('app.log');
    const { signals } = await followFile({ path, ...lines }, [() => undefined, () => writeFileSync(path, line('first'))]);
    expect(textsOf(signals)).to.deep.equal(['first']);
  });

  it('waits for a file that went away and reads the one that comes in its place', async () => {
    const path = folder.at('app.log');
    writeFileSync(path, line('old'));
    const { signals } = await followFile({ path, ...lines }, [
      () => rmSync(path),
      () => undefined,
      () => writeFileSync(path, line('fresh') + line('more')),
    ]);
    expect(textsOf(signals)).to.deep.equal(['old', 'fresh', 'more']);
  });

  it('is not ended by a file that goes away between the look for it and its reading', async () => {
    const path = folder.at('app.log');
    for (const call of [1, 2, 3]) {
      writeFileSync(path, line('old'));
      let calls = 0;
      const files: Files = {
        ...nodeFiles,
        chunks(name, range) {
          calls += 1;
          if (calls === call) rmSync(path);
          return nodeFiles.chunks(name, range);
        },
      };
      const { signals } = await followFile({ path, ...lines }, [() => undefined, () => writeFileSync(path, line('fresh'))], { files });
      expect(textsOf(signals).at(-1), `gone at reading ${call}`).to.equal('fresh');
      expect(calls).to.be.greaterThan(call);
    }
  });

  it('starts at the end when told to, header known', async () => {
    const path = folder.at('app.csv');
    writeFileSync(path, `timestamp,message\n${'2024-05-01T10:00:00Z,old\n'.repeat(9000)}`);
    const add = () => appendFileSync(path, '2024-05-01T10:00:01Z,new\n');
    const { signals } = await followFile({ path, format: 'csv', readFrom: 'end' }, [add]);
    expect(textsOf(signals)).to.deep.equal(['new']);
  });

  it('reads the rest of a renamed file and then the new one', async () => {
    const path = folder.at('app.log');
    writeFileSync(path, line('one'));
    const rotate = () => {
      appendFileSync(path, line('two'));
      renameSync(path, `${path}.1`);
      writeFileSync(path, line('three'));
    };
    const { signals } = await followFile({ path, ...lines }, [rotate, () => appendFileSync(path, line('four'))]);
    expect(textsOf(signals)).to.have.members(['one', 'two', 'three', 'four']).and.to.have.length(4);
  });

  it('starts again in a file that was copied and truncated', async () => {
    const path = folder.at('app.log');
    writeFileSync(path, line('one') + line('two'));
    const copyTruncate = () => {
      appendFileSync(path, line('three'));
      copyFileSync(path, `${path}.1`);
      truncateSync(path);
    };
    const { signals } = await followFile({ path, ...lines }, [copyTruncate, () => appendFileSync(path, line('four'))]);
    expect(textsOf(signals)).to.have.members(['one', 'two', 'three', 'four']).and.to.have.length(4);
  });

  it('notices a truncated file that has outgrown its old length', async () => {
    const path = folder.at('app.log');
    writeFileSync(path, line('one'));
    const { signals } = await followFile({ path, ...lines }, [() => writeFileSync(path, line('other') + line('more') + line('most'))]);
    expect(textsOf(signals)).to.deep.equal(['one', 'other', 'more', 'most']);
  });

  it('does not read a rotated file twice when it is compressed', async () => {
    const path = folder.at('app.log');
    writeFileSync(path, line('one') + line('two'));
    const rename = () => {
      renameSync(path, `${path}.1`);
      writeFileSync(path, line('three'));
    };
    const compress = () => {
      writeFileSync(`${path}.1.gz`, gzipSync(readFileSync(`${path}.1`)));
      rmSync(`${path}.1`);
    };
    for (const pattern of ['app.log', 'app.log*']) {
      writeFileSync(path, line('one') + line('two'));
      const { signals } = await followFile({ path: folder.at(pattern), ...lines }, [rename, () => undefined, compress]);
      expect(textsOf(signals), pattern).to.have.members(['one', 'two', 'three']).and.to.have.length(3);
      rmSync(`${path}.1.gz`);
    }
  });

  it('gives a record that waits for more lines when it has been quiet', async () => {
    const path = folder.at('app.log');
    writeFileSync(path, line('one'));
    const { signals } = await followFile({ path, ...lines, flushAfter: '500ms', pollInterval: '250ms' }, []);
    expect(textsOf(signals)).to.deep.equal(['one']);
  });

  it('goes on from each position without a loss or a repetition', async () => {
    const path = folder.at('app.log');
    writeFileSync(path, line('one') + line('two'));
    const whole = await followFile({ path, ...lines }, [() => appendFileSync(path, line('three'))]);
    for (const { count, position } of whole.positions) {
      const rest = await followFile({ path, ...lines }, [], { from: position });
      expect(textsOf([...whole.signals.slice(0, count), ...rest.signals])).to.deep.equal(['one', 'two', 'three']);
    }
  });
});
