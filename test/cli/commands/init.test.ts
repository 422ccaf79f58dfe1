import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { caducus } from '../../support/caducus.ts';
import { temporaryFolder } from '../../support/testIo.ts';

const start = Date.UTC(2026, 2, 14, 3);
const iso = (seconds: number) => new Date(start + seconds * 1000).toISOString();

/** An hour of JSON lines whose names are not the usual ones, an error in its last minutes. */
const odd = Array.from({ length: 720 }, (_, i) =>
  JSON.stringify({
    when: iso(i * 5),
    how: i > 690 ? 'error' : 'info',
    what: i > 690 ? 'disk failure on dn2' : `served ${i} in 3 ms`,
    svc: i % 2 ? 'a' : 'b',
  }),
).join('\n');
const plain = Array.from(
  { length: 720 },
  (_, i) =>
    `${iso(i * 5)
      .slice(0, 19)
      .replace('T', ' ')} ${i > 690 ? 'ERROR disk failure' : 'INFO served'} ${i}`,
).join('\n');

interface Shown {
  start: string;
  end: string;
  blips: { group_id: string; pattern: string; count: number; score: number; level: string | null }[];
}
const rows = ({ start: from, end, blips }: Shown) => [
  from,
  end,
  ...blips.map(({ group_id, pattern, count, level }) => [group_id, pattern, count, level]),
];

describe('caducus init', () => {
  const folder = temporaryFolder();
  let made = 0;

  /** The last radar of the pipeline that init writes for a file, and that of the file. */
  async function both(name: string, content: string, ...flags: string[]): Promise<[unknown, unknown]> {
    const log = folder.file(name);
    writeFileSync(log, `${content}\n`);
    const { exit, out, err } = await caducus(['init', log, ...flags]);
    expect([exit, err]).to.deep.equal([0, '']);
    const yaml = folder.file(`${(made += 1)}.yaml`);
    const data = folder.file(`data-${made}`);
    writeFileSync(
      yaml,
      out.replace('{ console: { view: radar, only: last } }', `{ ndjson: { path: ${folder.file(`${made}.out`)}, select: [radar] } }`),
    );
    expect((await caducus(['validate', yaml])).out).to.contain('ok: 1 source, 4 operators, 2 sinks');
    const tested = await caducus(['test', yaml]);
    expect([tested.exit, /(\d+) passed/.exec(tested.out)?.[1]], tested.out).to.deep.equal([
      0,
      flags.includes('--by') && flags.some((flag) => flag.includes('{')) ? '0' : '1',
    ]);
    const run = await caducus(['run', yaml, '--data-dir', data, '--quiet']);
    expect(run.exit, run.err).to.equal(0);
    const last = readFileSync(folder.file(`${made}.out`), 'utf8')
      .trimEnd()
      .split('\n')
      .at(-1)!;
    const radar = await caducus(['radar', log, ...flags, '--json', '--data-dir', folder.file(`other-${made}`)]);
    return [rows(JSON.parse(last) as Shown), rows(JSON.parse(radar.out) as Shown)];
  }

  it('writes the pipeline that reads a file as its radar does', async () => {
    const [pipeline, radar] = await both('plain.log', plain);
    expect(pipeline).to.deep.equal(radar);
  });

  it('takes along how it was told to read it', async () => {
    const [pipeline, radar] = await both(
      'odd.json',
      odd,
      '--format',
      'ndjson',
      '--fields',
      'time=when,level=how,text=what,group=svc',
      '--window',
      '10m',
    );
    expect(pipeline).to.deep.equal(radar);
    expect(JSON.stringify(pipeline)).to.contain('disk failure').and.to.contain('log:a').and.to.contain('"ERROR"');
  });

  it('takes along the zone of its stamps', async () => {
    const [pipeline, radar] = await both('zone.log', plain, '--time-zone', 'Asia/Tokyo');
    expect(pipeline).to.deep.equal(radar);
    expect(pipeline).to.include('2026-03-13T19:00:00.000Z');
  });

  it('writes a name and a path that a pipeline file can have', async () => {
    const log = folder.file('2026 "odd" ${HOME}.log');
    writeFileSync(log, plain);
    const { out } = await caducus(['init', log]);
    const yaml = folder.file('odd.yaml');
    writeFileSync(yaml, out);
    const { exit, out: said } = await caducus(['run', yaml, '--data-dir', folder.file('odd'), '--quiet']);
    expect(exit).to.equal(0);
    expect(said).to.contain('disk failure');
  });

  it('of standard input writes a pipeline that is piped to', async () => {
    const { out } = await caducus(['init', '-'], { stdin: plain });
    expect(out).to.contain('log: { stdin: {} }').and.to.contain('name: radar\n');
  });
});
