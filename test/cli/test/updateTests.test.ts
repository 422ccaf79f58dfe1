import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { caducus } from '../../support/caducus.ts';
import { testedPipeline } from '../../support/runs/testedPipeline.ts';
import { temporaryFolder } from '../../support/testIo.ts';

describe('caducus test --update', () => {
  const folder = temporaryFolder();
  const path = folder.file('p.yaml');
  beforeEach(() => writeFileSync(path, testedPipeline));

  it('writes what came, prints it, keeps comments and layout, and asks nothing', async () => {
    chmodSync(path, 0o640);
    const { exit, out, err } = await caducus(['test', path, '--update']);
    expect({ exit, err }).to.deep.equal({ exit: 0, err: '' });
    expect(out).to.equal(
      [
        'p',
        `  CHANGED  ${path}:12:46  tests[0].expect[0].count: 7 -> 3`,
        `  CHANGED  ${path}:13:69  tests[0].expect[1].at: "3m" -> "4m"`,
        '  ok    a flood fires',
        '',
        '1 passed, 0 failed, 2 changed',
        '',
      ].join('\n'),
    );
    expect(readFileSync(path, 'utf8')).to.equal(testedPipeline.replace('count: 7', 'count: 3').replace('"3m"', '"4m"'));
    expect(statSync(path).mode & 0o777).to.equal(0o640);
    expect((await caducus(['test', path, '--update'])).out).to.equal('p\n  ok    a flood fires\n\n1 passed, 0 failed, 0 changed\n');
  });

  it('with --json tells the changes with their places', async () => {
    const { out } = await caducus(['test', path, '--update', '--json']);
    expect((JSON.parse(out) as { files: { changes: unknown[] }[] }).files[0]!.changes[0]).to.deep.equal({
      line: 12,
      column: 46,
      path: 'tests[0].expect[0].count',
      before: '7',
      after: '3',
    });
  });

  it('fails, and says why, where no other words would hold', async () => {
    writeFileSync(path, testedPipeline.replace('count: 7', 'order: [ { nope: 1 } ]').replace('"3m"', '4m'));
    const before = readFileSync(path, 'utf8');
    const { exit, out } = await caducus(['test', path, '--update']);
    expect(exit).to.equal(1);
    expect(out).to.contain('  not updated: nothing came that could stand in an order\n');
    expect(readFileSync(path, 'utf8')).to.equal(before);
  });

  it('refuses a file with errors, and writes nothing into it', async () => {
    const broken = testedPipeline.replace('window: 3', 'windwo: 3');
    writeFileSync(path, broken);
    const { exit, err } = await caducus(['test', path, '--update']);
    expect(exit).to.equal(1);
    expect(err).to.contain('error CAD014  operators[1].spike: unknown key "windwo"');
    expect(readFileSync(path, 'utf8')).to.equal(broken);
  });

  it('writes nothing where all hold', async () => {
    await caducus(['test', path, '--update']);
    const before = statSync(path).mtimeMs;
    await caducus(['test', path, '--update']);
    expect(statSync(path).mtimeMs).to.equal(before);
  });
});
