import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { caducus } from '../../support/caducus.ts';
import { temporaryFolder } from '../../support/testIo.ts';

describe('the collectors that are meant', () => {
  const folder = temporaryFolder();
  const collect = (collectors: string, ...args: string[]) => {
    writeFileSync(folder.file('c.yml'), collectors);
    return caducus(['collect', ...args, '-c', folder.file('c.yml'), '--data-dir', folder.file('d')]);
  };
  before(() => writeFileSync(folder.file('a.ndjson'), '{"timestamp":"2026-03-13T00:00:00Z","text":"hello"}\n'));
  const two = () =>
    `collectors:\n  app: { file: { path: "${folder.file('a.ndjson')}", format: ndjson } }\n  web: { file: { path: "${folder.file('none.ndjson')}", format: ndjson } }\n`;

  it('are some: a configuration without any says how to name them', async () => {
    const { exit, err } = await collect('ascii: true\n', '--once');
    expect(exit).to.equal(78);
    expect(err).to.contain('CAD015').and.to.contain('the configuration names no collectors').and.to.contain('cloudwatch-logs');
  });

  it('are not both read once and followed', async () => {
    const { exit, err } = await collect(two(), '--once', '--follow');
    expect(exit).to.equal(64);
    expect(err).to.contain('--once and --follow exclude each other');
  });

  it('are called by their ids: one that is none is refused with what was meant, or with those there are', async () => {
    for (const [id, hint] of [
      ['ap', 'did you mean "app"?'],
      ['xylophone', 'collectors: app, web'],
    ] as const) {
      const { exit, err } = await collect(two(), '--once', '--collector', id);
      expect(exit).to.equal(64);
      expect(err).to.contain(`no collector is called "${id}"`).and.to.contain(hint);
    }
  });

  it('are those that are named alone', async () => {
    const { exit, err } = await collect(two(), '--once', '--collector', 'app', '--collector', 'app');
    expect(exit, err).to.equal(0);
    const { out } = await caducus(['groups', '--json', '--data-dir', folder.file('d')]);
    expect((JSON.parse(out) as { events: number }[]).map(({ events }) => events)).to.deep.equal([1]);
  });

  it('say of --since where a source has no time to begin at', async () => {
    const { err } = await collect(two(), '--once', '--collector', 'app', '--since', '-1h');
    expect(err).to.contain('app: file has no time to begin at; --since changes nothing there.');
  });

  it('leave out with --once a listener, which never ends', async () => {
    const { err } = await collect('collectors: { in: { http: { listen: "127.0.0.1:0", format: json } } }\n', '--once');
    expect(err).to.contain('in: http listens until it is stopped; --once leaves it out.');
  });
});
