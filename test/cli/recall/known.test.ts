// One file, because its commands read one store, which is taught once.
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { main } from '../../../src/cli/program.ts';
import type { Event } from '../../../src/event.ts';
import type { Blip } from '../../../src/signal.ts';
import type { ContextResult } from '../../../src/views/explain/contextResult.ts';
import { incidentEvents, midnight } from '../../support/incident.ts';
import { temporaryFolder, testIo } from '../../support/testIo.ts';

const minute = 60_000;
const end = midnight + 215 * minute;

/** Runs a command line in this process. */
async function caducus(args: string[]) {
  const io = testIo({ env: { HOME: '/nonexistent', USER: 'ana' }, start: end });
  const exit = await main(args, '0.0.0-test', io);
  return { exit, out: io.stdout.text, err: io.stderr.text };
}

const toLines = (events: readonly Event[]) => events.map((event) => `${JSON.stringify(event)}\n`).join('');

describe('what was learned, on the command line', () => {
  const folder = temporaryFolder();
  const log = folder.file('incident.ndjson');
  const data = ['--data-dir', folder.file('d')];
  const events = incidentEvents(end, undefined, midnight + 120 * minute);
  let disk: Blip;

  before(async () => {
    writeFileSync(log, toLines(events));
    const { out } = await caducus(['radar', log, '--window', '5m', '--json', ...data]);
    disk = (JSON.parse(out) as { earlier: Blip[] }).earlier[0]!;
  });

  it('radar still names the disk failure, first of what was, ten minutes after it ended', () => {
    expect(disk.label).to.match(/^Disk failure on dn2/);
    expect(disk).to.include({ count: 22, state: 'new', level: 'ERROR' });
    expect(disk.score).to.be.above(90);
  });

  describe('explain', () => {
    it('says why, of which window, with every term, slots, history, templates and lines', async () => {
      const { exit, out } = await caducus(['explain', disk.topic_id.slice(0, 3), ...data]);
      expect(exit).to.equal(0);
      expect(out).to.match(/^EXPLAIN {2}\w{4} {2}Disk failure on dn2, volume <path> not writable +ERROR {2}new {2}score 9\d\n/);
      expect(out).to.match(/03:05-03:10Z {2}window 5m, closed/);
      for (const term of ['surprise', 'burst', 'novelty', 'severity', 'together', 'total'])
        expect(out).to.match(new RegExp(`^  ${term} `, 'm'));
      expect(out).to.match(/^slots {6}host +dn2 96 +1 value, printed in the pattern$/m);
      expect(out).to.match(/^history {4}first 03:07:12Z, last 03:19:24Z, 96 in all in 1h 34m of memory$/m);
      expect(out).to.match(/^templates {7}96 {2}Disk failure on dn2/m);
      expect(out).to.match(/^first .*\nmiddle .*\nlast /m);
      expect(out).to.include(`caducus events --pattern ${disk.topic_id.slice(0, 4)} --since 03:05Z`);
    });

    it('takes the id of a template, which the JSON names, for its pattern', async () => {
      const [ofTopic, ofTemplate] = [
        await caducus(['explain', disk.topic_id, ...data]),
        await caducus(['explain', disk.template_id, ...data]),
      ];
      expect(ofTemplate).to.deep.equal(ofTopic);
    });

    it('prints the sum that its terms make', async () => {
      const { out } = await caducus(['explain', disk.topic_id, ...data]);
      const [, terms = '', sum] = /^ {2}total +([\d. +]+) = ([\d.]+) bits/m.exec(out) ?? [];
      expect(terms.split(' + ').reduce((total, term) => total + Number(term), 0)).to.be.closeTo(Number(sum), 0.001);
    });

    it('prints the same as JSON, with notes', async () => {
      await caducus(['note', disk.topic_id, 'swapping disk', '--link', 'https://t.example/1', ...data]);
      const { out } = await caducus(['explain', disk.topic_id, '--json', ...data]);
      const said = JSON.parse(out) as {
        kind: string;
        blip: Blip;
        templates: { count: number }[];
        history: { moves: unknown[] };
        notes: { text: string; who: string }[];
      };
      expect(said.blip.bits).to.deep.equal(disk.bits);
      expect(said.templates[0]!.count).to.equal(96);
      expect(said.history.moves).to.have.lengthOf(1);
      expect(said.notes.map(({ who, text }) => `${who}: ${text}`)).to.deep.equal(['ana: swapping disk']);
      expect((await caducus(['explain', disk.topic_id, ...data])).out).to.match(
        /^said +03:35:00Z {2}note by ana {2}"swapping disk" {2}https:\/\/t\.example\/1$/m,
      );
    });

    it('refuses an id that is none or several, with the candidates', async () => {
      const none = await caducus(['explain', 'zzzz', ...data]);
      expect([none.exit, none.err]).to.deep.equal([
        64,
        'error CAD002  no pattern or finding has an id that begins with "zzzz"\n  Ids are on the radar, and in caducus topics. Any unique beginning will do.\n',
      ]);
      const { out } = await caducus(['topics', '--json', ...data]);
      const ids = (JSON.parse(out) as Blip[]).map(({ topic_id }) => topic_id);
      const shared = ids.map((id) => id[0]!).find((letter, i, all) => all.indexOf(letter) !== i)!;
      const several = await caducus(['explain', shared, ...data]);
      expect(several.exit).to.equal(64);
      for (const id of ids.filter((one) => one.startsWith(shared)))
        expect(several.err).to.match(new RegExp(`^ {2}${id.slice(0, 4)} {2}pattern {2}`, 'm'));
    });

    it('says what to do where nothing is known yet', async () => {
      const { exit, err } = await caducus(['explain', 'k7f2', '--data-dir', folder.file('empty')]);
      expect(exit).to.equal(64);
      expect(err).to.include('nothing is known in').and.to.include('Run caducus radar FILE');
    });
  });

  describe('context', () => {
    it('of a text names the nearest patterns, when they came, and what moved beside them', async () => {
      const { out } = await caducus(['context', 'disk failure on dn2', ...data]);
      expect(out).to.match(/^CONTEXT {2}"disk failure on dn2" +as of 2026-03-14 03:34:\d\dZ\nsearched 10 patterns, 5 groups, 1h 34m\n/);
      const nearest = out.split('\n').find((line) => line.includes(disk.topic_id.slice(0, 4)))!;
      expect(nearest).to.match(/^ {3}0\.[5-9]\d {2}\w{4} {2}new +03:07:12Z +03:19:24Z +96 {2}Disk failure/);
      expect(out).to.match(/^when +02:35 ······[▁-█]{3}··· 03:35Z +5m a cell, nearest pattern$/m);
      expect(out).to.match(/^ +\w{4} {2}1m earlier, \d+x +\w{4} {2}\d+m later, /m);
      expect(out).to.match(/^values +host dn2 96/m);
    });

    it('of an id is about that pattern, of a time about what moved then', async () => {
      const byId = JSON.parse((await caducus(['context', disk.topic_id.slice(0, 5), '--json', ...data])).out) as ContextResult;
      expect(byId.nearest[0]).to.include({ topic_id: disk.topic_id, match: 1, count_7d: 96 });
      const byTime = JSON.parse((await caducus(['context', '--at', '03:06Z', '--json', ...data])).out) as ContextResult;
      expect(byTime.nearest[0]!.label).to.match(/^Slow write to disk/);
      expect(new Set(byTime.nearest.map(({ match }) => match))).to.deep.equal(new Set([null]));
      expect(byTime.same_minutes!.before[0]!.text).to.match(/^28s earlier/);
    });

    it('tells a change that was marked beside what moved after it', async () => {
      await caducus(['change', 'hdfs-config r214', '--at', '2026-03-14T02:58:00Z', ...data]);
      expect((await caducus(['context', disk.topic_id, ...data])).out).to.include('change hdfs-config r214');
    });

    it('says so when nothing is near', async () => {
      expect((await caducus(['context', 'zebra giraffe', ...data])).out).to.include('nothing near');
    });

    it('needs a text, an id or a time', async () => {
      expect((await caducus(['context', ...data])).exit).to.equal(64);
      expect((await caducus(['context', 'x', '--at', '03:00Z', ...data])).exit).to.equal(64);
    });
  });

  describe('events', () => {
    it('by pattern are exactly those that it counts, of the files the radar read', async () => {
      const { out } = await caducus(['events', '--pattern', disk.topic_id.slice(0, 4), '--limit', '1000', '--json', ...data]);
      const found = out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Event);
      expect(found.map(({ id }) => id)).to.deep.equal(events.filter(({ text }) => text.startsWith('Disk failure')).map(({ id }) => id));
    });

    it('by pattern and time begin there; a time of day is of the day of the newest event', async () => {
      const { out } = await caducus(['events', '--pattern', disk.topic_id, '--since', '03:19Z', '--json', ...data]);
      const texts = out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Event);
      expect(texts.map(({ timestamp }) => timestamp >= '2026-03-14T03:19')).to.deep.equal(texts.map(() => true));
      expect(texts).to.have.lengthOf(
        events.filter(({ text, timestamp }) => text.startsWith('Disk failure') && timestamp >= '2026-03-14T03:19').length,
      );
    });

    it('by state are of the patterns in it', async () => {
      const { out } = await caducus(['events', '--state', 'new', '--limit', '10000', '--json', ...data]);
      const kinds = new Set(
        out
          .trim()
          .split('\n')
          .map((line) => (JSON.parse(line) as Event).text.split(' ')[0]),
      );
      expect([...kinds].toSorted()).to.deep.equal(['DataNodeVolumeFailed', 'Disk', 'Slow']);
      const { exit, err } = await caducus(['events', '--state', 'nwe', ...data]);
      expect(exit).to.equal(64);
      expect(err).to.include('did you mean "new"?');
    });
  });

  describe('topics', () => {
    it('are those of the last run while the store is empty, with what their rates do', async () => {
      const { out } = await caducus(['topics', '--group', 'cloudwatch:/hdfs/datanode', ...data]);
      expect(out).to.match(/^id +weight +tier +life +state +count +last seen +pattern\n/);
      expect(out).to.match(/^\w{4} +0\.50 +warm +new +new +96 +03:19:24Z +Disk failure on dn2/m);
      const { out: fresh } = await caducus(['topics', '--state', 'new', '--json', ...data]);
      expect((JSON.parse(fresh) as Blip[]).map(({ label }) => label.split(' ')[0])).to.have.members([
        'Disk',
        'Slow',
        'DataNodeVolumeFailed',
      ]);
    });

    it('tell with --lineage what became one with what, newest first', async () => {
      const own = ['--data-dir', folder.file('lineage')];
      const lines = ['ann', 'bob', 'cy'].map((name, i) => `2026-03-14T01:0${i}:00Z INFO session closed for user ${name}\n`);
      writeFileSync(folder.file('users.log'), lines.join(''));
      await caducus(['radar', folder.file('users.log'), '--window', '5m', ...own]);
      const { out } = await caducus(['topics', '--lineage', '--json', ...own]);
      const rows = JSON.parse(out) as { topic_id: string; merged: string; from: string; into: string; at: string }[];
      expect(rows.map(({ merged }) => merged).sort()).to.deep.equal(['template', 'template', 'topic']);
      expect(new Set(rows.map(({ at }) => at))).to.deep.equal(new Set(['2026-03-14T01:02:00.000Z']));
      expect(new Set(rows.filter(({ merged }) => merged === 'template').map(({ into }) => into)).size).to.equal(1);
      const { out: text } = await caducus(['topics', '--lineage', ...own]);
      expect(text).to.match(
        /^time +merged +from +into +id +pattern\n01:02:00Z +(?:template|pattern) +\w{4} +\w{4} +\w{4} +session closed for user <\*>\n/,
      );
      expect((await caducus(['topics', '--lineage', '--group', 'none', ...own])).out).to.equal('Nothing was merged.\n');
    });

    it('of the store can be explained by their ids', async () => {
      const store = ['--data-dir', folder.file('store')];
      await caducus(['demo', 'ingest', '--input', 'fixtures/demo_hdfs_sample.csv', ...store]);
      const { out } = await caducus(['topics', '--json', ...store]);
      const [first] = JSON.parse(out) as Blip[];
      expect((await caducus(['explain', first!.topic_id, ...store])).out).to.match(/^EXPLAIN/);
      expect((await caducus(['events', '--pattern', first!.topic_id, '--json', ...store])).out.trim().split('\n')).to.have.lengthOf(
        first!.total,
      );
    });
  });

  it('a damaged record of what was known is as none, and made anew', async () => {
    const own = ['--data-dir', folder.file('damaged')];
    await caducus(['radar', log, '--window', '5m', ...own]);
    const path = folder.file('damaged/state/_files/recall/topics.ndjson');
    const whole = readFileSync(path, 'utf8');
    appendFileSync(path, '{"topic_id":"torn');
    expect((await caducus(['explain', disk.topic_id, ...own])).exit).to.equal(0);
    writeFileSync(folder.file('damaged/state/_files/recall/recall.json'), 'no JSON');
    expect((await caducus(['explain', disk.topic_id, ...own])).err).to.include('nothing is known');
    await caducus(['radar', log, '--window', '5m', ...own]);
    expect(readFileSync(path, 'utf8')).to.equal(whole);
    rmSync(folder.file('damaged'), { recursive: true });
  });

  describe('learn', () => {
    const quiet = folder.file('quiet.ndjson');
    const rest = folder.file('rest.ndjson');
    const pipeline = folder.file('radar.yaml');
    const own = ['--data-dir', folder.file('learned')];
    const cut = midnight + 182 * minute;

    before(() => {
      writeFileSync(quiet, toLines(events.filter(({ timestamp }) => Date.parse(timestamp) < cut)));
      writeFileSync(rest, toLines(events.filter(({ timestamp }) => Date.parse(timestamp) >= cut)));
      writeFileSync(
        pipeline,
        `name: taught
sources: { log: { file: { path: ${rest}, format: ndjson } } }
operators:
  - group_by: { key: group_id }
  - memory: { window: 5m, warmup: 60m }
  - rank: { top: 8 }
  - rules: [{ name: new-error, when: { state: new, min_level: error }, severity: critical }]
sinks: { out: { ndjson: { path: ${folder.file('out.ndjson')}, select: [finding, radar] } } }
`,
      );
    });

    it('teaches a pipeline what is usual: nothing fires of it, nothing is late after it, and no warm-up is left', async () => {
      const { exit, out } = await caducus(['learn', quiet, '--pipeline', pipeline, ...own]);
      expect(exit).to.equal(0);
      expect(out).to.match(/^learned [\d,]+ events, 6 patterns in 5 groups\. {2}caducus run .*radar\.yaml goes on from here\.\n$/);
      const ran = await caducus(['run', pipeline, ...own]);
      expect(ran.err).to.match(/late +0/);
      const signals = readFileSync(folder.file('out.ndjson'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { title?: string; state: string; learning?: unknown; start?: string });
      const radars = signals.filter(({ start }) => start !== undefined);
      expect(radars[0]!.start).to.equal('2026-03-14T03:00:00.000Z');
      expect(radars.filter(({ learning }) => learning !== undefined)).to.be.empty;
      const fired = new Set(
        signals.flatMap(({ title, state }) => (title !== undefined && state === 'firing' ? [title.split(' ')[0]] : [])),
      );
      expect([...fired].toSorted()).to.deep.equal(['DataNodeVolumeFailed', 'Disk', 'PutBlock']);
    });

    it('teaches a memory that is to learn nothing more: what is new later fits no pattern, and is counted', async () => {
      const frozen = folder.file('frozen.yaml');
      writeFileSync(
        frozen,
        readFileSync(pipeline, 'utf8')
          .replace('name: taught', 'name: frozen')
          .replace('warmup: 60m', 'freeze: true')
          .replaceAll('out.ndjson', 'frozen.ndjson'),
      );
      expect((await caducus(['learn', quiet, '--pipeline', frozen, ...own])).out).to.include('6 patterns in 5 groups');
      expect((await caducus(['run', frozen, ...own])).exit).to.equal(0);
      const { out } = await caducus(['topics', '--pipeline', 'frozen', ...own]);
      expect(out)
        .to.match(/^[\d,]+ lines fit no known pattern\.$/m)
        .and.not.include('Disk failure');
    });

    it('refuses a pipeline that has run, unless it is to start anew', async () => {
      const { exit, err } = await caducus(['learn', quiet, '--pipeline', pipeline, ...own]);
      expect(exit).to.equal(64);
      expect(err).to.include('taught has run already');
      expect((await caducus(['learn', quiet, '--pipeline', pipeline, '--fresh', ...own])).exit).to.equal(0);
    });

    it('teaches the radar of the store, twice if need be; a radar of files goes on from it when told to', async () => {
      await caducus(['learn', quiet, '--window', '5m', ...own]);
      const again = await caducus(['learn', quiet, '--window', '5m', '--json', ...own]);
      expect(JSON.parse(again.out)).to.include({ pipeline: '_store', patterns: 6, groups: 5 });
      const { out } = await caducus(['radar', rest, '--learned', '--json', ...own]);
      const radar = JSON.parse(out) as { blips: Blip[]; earlier: Blip[] };
      expect(radar.earlier[0]!.label).to.match(/^Disk failure/);
      expect(radar.earlier[0]!.why).to.include({ first_ever: true });
      expect(radar.blips.find(({ label }) => label.startsWith('JWT'))!.total).to.be.above(200);
      const other = await caducus(['radar', rest, '--learned', '--window', '1m', ...own]);
      expect(other.err).to.include('What was learned is not used');
    });

    it('is told whose events the files hold where a pipeline has several sources', async () => {
      const two = folder.file('two.yaml');
      writeFileSync(
        two,
        readFileSync(pipeline, 'utf8')
          .replace('name: taught', 'name: two')
          .replace('sources: {', `sources: { other: { file: { path: ${rest} } },`),
      );
      const { exit, err } = await caducus(['learn', quiet, '--pipeline', two, ...own]);
      expect(exit).to.equal(64);
      expect(err).to.include('--source other or log');
      expect((await caducus(['learn', quiet, '--pipeline', two, '--source', 'log', ...own])).exit).to.equal(0);
    });
  });
});
