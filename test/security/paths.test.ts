import { lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../support/testIo.ts';
import { below, caducus, record } from './support.ts';

const names = [
  '../../escape',
  '..',
  '.',
  '/etc/passwd',
  'a/../../b',
  '..\\..\\windows',
  'con',
  'NUL.txt',
  'com1',
  '%2e%2e%2f',
  'a\u0000b',
  '~/x',
  '-rf',
  '$(id)',
  '`id`',
  '.hidden',
  'x'.repeat(5000),
  '\ud800',
  'é',
  'É',
  '__proto__',
  'events',
  ' ',
  'a:b',
  '*?|<>"',
];

describe('names from outside never become paths', () => {
  const folder = temporaryFolder();
  const pipeline = (sinks: string) =>
    `name: p\nsources: { in: { file: { path: "${folder.file('in.ndjson')}", format: ndjson } } }\noperators: [{ group_by: { key: group_id } }, { memory: { window: 1m } }, { rank: {} }]\nsinks: ${sinks}\n`;

  before(() => writeFileSync(folder.file('in.ndjson'), names.map((name, i) => record(name.slice(0, 500), i, 'x', name)).join('\n')));

  for (const sink of ['folder', 'segments']) {
    it(`${sink} keeps everything below the data folder, under plain names`, async () => {
      writeFileSync(folder.file('p.yaml'), pipeline(`{ store: { ${sink}: {} } }`));
      const root = folder.file(`outer-${sink}`);
      const data = join(root, 'a', 'b', 'd');
      mkdirSync(data, { recursive: true });
      const { exit, err } = await caducus(['run', folder.file('p.yaml'), '--data-dir', data]);
      expect(exit, err).to.equal(0);
      expect(readdirSync(root)).to.deep.equal(['a']);
      expect(readdirSync(join(root, 'a'))).to.deep.equal(['b']);
      expect(readdirSync(join(root, 'a', 'b'))).to.deep.equal(['d']);
      const stored = below(join(data, sink === 'folder' ? 'events' : 'segments'));
      expect(stored.length).to.be.greaterThan(10);
      for (const path of stored) {
        const name = path.split('/').at(-1)!;
        expect(name).to.match(/^[a-z0-9%_][A-Za-z0-9_.%~-]*$/);
        expect(name).to.not.match(/^(con|nul|com1)(\.|$)/i);
        expect(Buffer.byteLength(name)).to.be.below(256);
      }
    });
  }

  it('ids that only differ in case or in half a character stay two records', async () => {
    writeFileSync(folder.file('in2.ndjson'), ['a', 'A', 'é', 'É', '\ud800', '\ud801'].map((id, i) => record(id, i, 'x')).join('\n'));
    writeFileSync(
      folder.file('p2.yaml'),
      pipeline('{ store: { folder: {} } }').replace('in.ndjson', 'in2.ndjson').replace('name: p', 'name: p2'),
    );
    await caducus(['run', folder.file('p2.yaml'), '--data-dir', folder.file('d2')]);
    const stored = readdirSync(folder.file('d2/events')).map((name) => name.toLowerCase());
    expect(new Set(stored).size).to.equal(6);
  });

  it('a pipeline cannot be called so that its state lies elsewhere', async () => {
    for (const name of ['../x', 'a/b', '.', '..', 'con/../x', '']) {
      writeFileSync(folder.file('bad.yaml'), `name: ${JSON.stringify(name)}\nsources: { a: { stdin: {} } }\n`);
      expect((await caducus(['run', folder.file('bad.yaml'), '--data-dir', folder.file('d3')])).exit, name).to.equal(78);
    }
  });

  describe('symbolic links in the data folder', () => {
    let attempt = 0;
    /** A folder of its own each time: what one attack does must not hide behind another. */
    const victim = () => folder.file(`victim-${attempt}`);
    const attacked: [what: string, sinks: string, lay: (data: string) => void][] = [
      ['in place of events/', '{ store: { folder: {} } }', (data) => symlinkSync(victim(), join(data, 'events'))],
      [
        'in place of a group of segments',
        '{ store: { segments: {} } }',
        (data) => {
          mkdirSync(join(data, 'segments'));
          symlinkSync(victim(), join(data, 'segments', 'g'));
        },
      ],
      [
        'in place of a status file being written',
        '{}',
        (data) => {
          mkdirSync(join(data, 'state', 'q'), { recursive: true });
          symlinkSync(join(victim(), 'file'), join(data, 'state', 'q', 'status.json.tmp'));
        },
      ],
      ...[
        'keys-00000001.ndjson',
        'checkpoint-00000001.json',
        'checkpoint-00000001.json.tmp',
        'checkpoint-00000002.json.tmp',
        'lock.takeover',
        'recall',
        'arrivals',
        'recall/topics.json.tmp',
      ].map((name): (typeof attacked)[number] => [
        `in place of state/q/${name}`,
        '{}',
        (data) => {
          mkdirSync(dirname(join(data, 'state', 'q', name)), { recursive: true });
          symlinkSync(name === 'recall' || name === 'arrivals' ? victim() : join(victim(), 'file'), join(data, 'state', 'q', name));
        },
      ]),
      [
        'in place of state/shown.json being written',
        '{ screen: { console: {} } }',
        (data) => {
          mkdirSync(join(data, 'state'));
          symlinkSync(join(victim(), 'file'), join(data, 'state', 'shown.json.tmp'));
        },
      ],
      [
        'in place of the state of a pipeline',
        '{}',
        (data) => {
          mkdirSync(join(data, 'state'));
          symlinkSync(victim(), join(data, 'state', 'q'));
        },
      ],
      [
        'in place of the rejected records',
        '{}',
        (data) => {
          mkdirSync(join(data, 'rejected'));
          symlinkSync(join(victim(), 'file'), join(data, 'rejected', 'q.ndjson'));
        },
      ],
    ];
    for (const [index, [what, sinks, lay]] of attacked.entries()) {
      it(`${what}: nothing is written through it`, async () => {
        attempt = index;
        const data = folder.file(`links-${index}`);
        mkdirSync(victim(), { recursive: true });
        writeFileSync(join(victim(), 'file'), 'untouched');
        mkdirSync(data);
        lay(data);
        writeFileSync(folder.file('q.ndjson'), `${record('a', 1, 'x')}\n{bad\n`);
        writeFileSync(folder.file('q.yaml'), pipeline(sinks).replace('in.ndjson', 'q.ndjson').replace('name: p', 'name: q'));
        const { exit, err } = await caducus(['run', folder.file('q.yaml'), '--data-dir', data]);
        expect(exit, err).to.be.oneOf([0, 74]);
        expect(readdirSync(victim())).to.deep.equal(['file']);
        expect(readFileSync(join(victim(), 'file'), 'utf8')).to.equal('untouched');
      });
    }
  });

  it('what a run makes in its data folder is for its owner only', async () => {
    const before = process.umask(0);
    try {
      writeFileSync(folder.file('r.ndjson'), `${record('a', 1, 'x')}\n{bad\n`);
      writeFileSync(
        folder.file('r.yaml'),
        pipeline('{ a: { folder: {} }, b: { segments: {} }, c: { ndjson: { path: "${config.data_dir}/out/c.ndjson" } } }')
          .replace('in.ndjson', 'r.ndjson')
          .replace('name: p', 'name: r'),
      );
      const { exit, err } = await caducus(['run', folder.file('r.yaml'), '--data-dir', folder.file('modes')]);
      expect(exit, err).to.equal(0);
      for (const path of below(folder.file('modes'))) {
        const stat = lstatSync(path);
        expect((stat.mode & 0o777).toString(8), path).to.equal(stat.isDirectory() ? '700' : '600');
      }
    } finally {
      process.umask(before);
    }
  });
});
