import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { main } from '../../../src/cli/program.ts';
import { toIso } from '../../../src/event.ts';
import type { Finding, Mark } from '../../../src/signal.ts';
import { marksFile } from '../../../src/store/marks.ts';
import type { Shown } from '../../../src/board/board.ts';
import { readShown } from '../../../src/store/shown.ts';
import { nodeFiles } from '../../../src/io.ts';
import { incidentEvents, midnight } from '../../support/incident.ts';
import { temporaryFolder, testIo } from '../../support/testIo.ts';
import { resultJson } from '../../support/findings.ts';

const minute = 60_000;
const start = Date.UTC(2026, 2, 14, 6);

/** Runs a command line in this process, at six in the morning unless another time is given. */
async function caducus(args: string[], { env = {} as Record<string, string>, at = start } = {}) {
  const io = testIo({ env: { HOME: '/nonexistent', USER: 'ana', ...env }, start: at });
  const exit = await main(args, '0.0.0-test', io);
  return { exit, out: io.stdout.text, err: io.stderr.text };
}

describe('what people say on the command line', () => {
  const folder = temporaryFolder();
  const dir = folder.file('d');
  const data = ['--data-dir', dir];
  const marks = (at = dir) =>
    readFileSync(marksFile(at), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Mark);
  const shown = (kind: Shown['kind']) => readShown(nodeFiles, dir).find((one) => one.kind === kind)!;

  before(async () => {
    await caducus(['demo', 'ingest', '--input', 'fixtures/demo_hdfs_sample.csv', ...data]);
    await caducus(['radar', ...data]);
  });

  it('an ack of a pattern, by any unique beginning of its id, shows on the next radar with the note', async () => {
    const { out: json } = await caducus(['radar', '--json', ...data]);
    const { topic_id: id } = (JSON.parse(json) as { blips: { topic_id: string }[] }).blips[0]!;
    const pattern = readShown(nodeFiles, dir).find((one) => one.id === id)!;
    const { exit, out } = await caducus([
      'ack',
      pattern.id.slice(0, 7),
      '--for',
      '2h',
      '--note',
      'swapping disk',
      '--link',
      'https://t.example/INC-1042',
      ...data,
    ]);
    expect(exit).to.equal(0);
    expect(out).to.equal(
      `acked  ${pattern.id.slice(0, 4)}  ${pattern.label}, until 2026-03-14 08:00:00Z, "swapping disk", https://t.example/INC-1042\n`,
    );
    expect(marks().at(-1)).to.deep.include({
      type: 'ack',
      target: pattern.id,
      who: 'ana',
      at: toIso(start),
      until: toIso(start + 120 * minute),
      text: 'swapping disk',
    });
    const radar = await caducus(['radar', ...data]);
    expect(radar.out).to.match(/^acked {2}\w{4,} until .* by ana: "swapping disk", https:\/\/t\.example\/INC-1042$/m);
  });

  it('a note, a silence and a change are kept, each with who, when and until', async () => {
    const { id } = shown('pattern');
    await caducus(['note', id, 'seen in February', '--link', 'INC-0987', '--who', 'bob', ...data]);
    await caducus(['silence', id, '--from', '+1h', '--for', '30m', '--comment', 'load test', ...data]);
    await caducus(['silence', id, '--until', 'rising', ...data]);
    await caducus(['resolve', id, ...data]);
    await caducus(['change', 'orders v412', '--at', '-10m', ...data]);
    const [note, silence, rising, resolve, change] = marks().slice(-5);
    expect(note).to.deep.include({ type: 'note', target: id, who: 'bob', text: 'seen in February', link: 'INC-0987' });
    expect(silence).to.deep.include({
      type: 'silence',
      from: toIso(start + 60 * minute),
      until: toIso(start + 90 * minute),
      text: 'load test',
    });
    expect(rising).to.deep.include({ type: 'silence', until_state: 'rising' }).and.not.to.have.property('until');
    expect(resolve).to.deep.include({ type: 'resolve', target: id });
    expect(change).to.deep.include({ type: 'change', target: '', at: toIso(start - 10 * minute), text: 'orders v412' });
  });

  it('a group is named by its name', async () => {
    const { out } = await caducus(['silence', 'hdfs-demo:DataNode', '--for', '1h', '--json', ...data]);
    expect(JSON.parse(out)).to.include({ type: 'silence', target: 'hdfs-demo:DataNode', who: 'ana' });
  });

  const mistakes: [args: string[], says: string][] = [
    [['ack', 'zzzz'], 'nothing that was shown has an id that begins with "zzzz"'],
    [['ack', ''], 'nothing that was shown'],
    [['ack', 'hdfs-demo'], '"hdfs-demo" fits '],
    [['silence', 'hdfs-demo:DataNode'], 'a silence needs an end'],
    [['silence', 'hdfs-demo:DataNode', '--until', 'louder'], '"louder" is no time'],
    [['silence', 'hdfs-demo:DataNode', '--until', '2026-03-14T05:00Z'], 'over before it began'],
    [['ack', 'hdfs-demo:DataNode', '--for', 'long'], '"long" is no length of time'],
    [['note', 'hdfs-demo:DataNode'], 'a note needs a text'],
    [['change', ' '], 'a change needs a name'],
  ];
  for (const [args, says] of mistakes) {
    it(`caducus ${args.join(' ')} exits 64 and leaves no mark: ${says}`, async () => {
      const before = marks().length;
      const { exit, err } = await caducus([...args, ...data]);
      expect(exit).to.equal(64);
      expect(err).to.contain(says);
      expect(marks()).to.have.lengthOf(before);
    });
  }

  it('where nothing was shown yet, it is said what to do first', async () => {
    const { exit, err } = await caducus(['ack', 'k7f2', '--data-dir', folder.file('empty')]);
    expect(exit).to.equal(64);
    expect(err).to.contain('run caducus radar, or a pipeline, first');
  });

  it('several ids that fit are listed with what they are', async () => {
    const { err } = await caducus(['ack', 'hdfs-demo:', ...data]);
    expect(err)
      .to.match(/fits \d+ ids/)
      .and.to.contain('group  hdfs-demo:DataNode');
  });

  describe('beside a pipeline', () => {
    const log = folder.file('app.ndjson');
    const own = folder.file('p');
    const run = (...more: string[]) =>
      caducus(['run', 'fixtures/incident/pipeline.yaml', '--data-dir', own, '--quiet', ...more], { env: { LOG: log } });
    /** The log as it is so many minutes after midnight. */
    const write = (minutes: number) => {
      const end = midnight + minutes * minute;
      const events = incidentEvents(end, undefined, midnight + 135 * minute).filter(({ timestamp }) => Date.parse(timestamp) < end);
      writeFileSync(log, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    };
    const found = () =>
      readFileSync(`${own}/out/findings.ndjson`, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Finding);

    it('an ack is in the findings of the next run, a change before the episode beside it, and both move no time', async () => {
      write(195);
      await caducus(['change', 'hdfs-config r214', '--at', '2026-03-14T02:58Z', '--data-dir', own]);
      expect((await run()).exit).to.equal(0);
      const episode = found().findLast(({ type }) => type === 'episode')!;
      expect(resultJson(episode).changes).to.deep.equal([{ at: '2026-03-14T02:58:00.000Z', text: 'hdfs-config r214' }]);
      // Said while the data is at 03:15, between two runs.
      const { out } = await caducus(['ack', episode.id.slice(0, 6), '--note', 'on it', '--data-dir', own], { at: midnight + 195 * minute });
      expect(out).to.match(/^acked {2}\w{4} {2}Slow write to disk/);
      write(215);
      expect((await run()).exit).to.equal(0);
      const story = found().filter(({ id }) => id === episode.id);
      expect(new Set(story.slice(-3).map(({ state }) => state))).to.deep.equal(new Set(['acked', 'resolved']));
      expect(story.findLast(({ state }) => state === 'acked')!.result.acked).to.deep.include({ who: 'ana', note: 'on it' });
      expect(story.at(-1)).to.include({ state: 'resolved', updated: '2026-03-14T03:30:00.001Z' });
    });
  });

  describe('beside a budget, whose pipeline has no rules', () => {
    const own = folder.file('money');
    const spend = folder.file('spend.ndjson');
    const records = readFileSync('fixtures/spend-guard/in.ndjson', 'utf8').trim().split('\n');
    const run = (until: string) => {
      writeFileSync(
        spend,
        records
          .filter((line) => (JSON.parse(line) as { timestamp: string }).timestamp < until)
          .map((line) => `${line}\n`)
          .join(''),
      );
      return caducus(['run', 'spend-guard', '--data-dir', own, '--quiet'], { env: { SPEND: spend } });
    };
    const found = () =>
      readFileSync(`${own}/out/spend-guard.ndjson`, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Finding)
        .filter(({ type }) => type === 'budget');
    const fast = () => found().filter(({ rule }) => rule === 'budget:burn:fast');

    it('an ack, a note and a silence reach its findings, and its page names the change before it', async () => {
      await caducus(['change', 'ingest v411', '--at', '2026-03-14T06:20Z', '--data-dir', own]);
      const { out } = await run('2026-03-14T07:20');
      expect(out).to.match(/^ {2}change {7}ingest v411 at 06:20Z, 47m 30s before$/m);
      const at = Date.parse('2026-03-14T07:16Z');
      const [{ id }] = fast() as [Finding];
      const warned = found().find(({ rule }) => rule === 'budget:forecasted:1')!;
      await caducus(['ack', id.slice(0, 6), '--note', 'rolling back', '--data-dir', own], { at });
      await caducus(['note', id.slice(0, 6), 'see the runbook', '--data-dir', own], { at });
      await caducus(['silence', warned.id.slice(0, 6), '--for', '3h', '--data-dir', own], { at });
      const second = await run('2026-03-16');
      expect(second.out).to.match(
        /^07:16:00Z {2}83py {2}acked 8m {2}critical {2}ml-platform {2}budget, burn rate: by ana: "rolling back"$/m,
      );
      expect(fast().map(({ state }) => state)).to.deep.equal(['firing', 'acked', 'acked', 'resolved']);
      expect(fast()[2]!.result.notes).to.have.lengthOf(1);
      const forecast = found().filter((one) => one.id === warned.id);
      expect(forecast.map(({ state, result }) => [state, result.silenced_until ?? null])).to.deep.equal([
        ['firing', null],
        ['firing', toIso(at + 180 * minute)],
        ['firing', null],
        ['resolved', null],
      ]);
    });
  });
});
