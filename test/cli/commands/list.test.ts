import { expect } from 'chai';
import { caducus } from '../../support/caducus.ts';

type Lists = Record<string, { name: string; summary?: string; options?: { name: string; type: string }[] }[]>;

describe('caducus list', () => {
  it('shows an option with its type, default and meaning', async () => {
    const { out } = await caducus(['list', 'operators', 'memory']);
    expect(out).to.contain('window  (duration)  default "5m"\n      Length of a window of event time');
  });

  it('shows the options within others by their path, where there are two ways to write them too', async () => {
    const { out } = await caducus(['list', 'operators', 'rules']);
    expect(out)
      .to.contain('rules[].severity  (info | warning | critical)  default "warning"')
      .and.to.contain('rules[].when.min_level  (level)');
  });

  it('without a kind shows every list under its heading', async () => {
    const { exit, out } = await caducus(['list']);
    expect(exit).to.equal(0);
    expect(out.match(/^[A-Z]+$/gm)).to.deep.equal(['OPERATORS', 'SOURCES', 'SINKS', 'EMBEDDERS', 'PIPELINES']);
    expect(out)
      .to.match(/^ {2}memory +\S/m)
      .and.to.match(/^ {2}hdfs-radar$/m);
  });

  it('--json has each entry of a kind with its summary and its options', async () => {
    const lists = JSON.parse((await caducus(['list', 'sources', '--json'])).out) as Lists;
    expect(Object.keys(lists)).to.have.members(['sources', 'schema']);
    for (const { name, summary } of lists['sources']!) expect(summary, name).to.match(/\w/);
    const file = lists['sources']!.find(({ name }) => name === 'file')!;
    expect(file.options!.map(({ name }) => name)).to.include.members(['path', 'follow', 'read_from']);
  });

  it('--json of one entry has that alone', async () => {
    const { operators } = JSON.parse((await caducus(['list', 'operators', 'rank', '--json'])).out) as Lists;
    expect(operators!.map(({ name }) => name)).to.deep.equal(['rank']);
  });

  it('refuses a list that there is not with what was meant, or with those there are', async () => {
    for (const [kind, hint] of [
      ['sink', 'did you mean "sinks"?'],
      ['xylophones', 'lists: operators, sources, sinks, embedders, pipelines'],
    ] as const) {
      const { exit, err } = await caducus(['list', kind]);
      expect(exit).to.equal(64);
      expect(err).to.contain('CAD002').and.to.contain(`"${kind}" is no list`).and.to.contain(hint);
    }
  });

  it('refuses an entry that the list does not have', async () => {
    const { exit, err } = await caducus(['list', 'sinks', 'memory']);
    expect(exit).to.equal(78);
    expect(err).to.contain('CAD016').and.to.contain('no sinks entry is called "memory"');
  });
});
