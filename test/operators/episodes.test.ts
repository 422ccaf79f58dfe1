// One file, because all of it is said with the same few builders of blips and findings.
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { from, toArray } from 'rxjs';
import { episodes } from '../../operators/episodes.ts';
import { migrateEpisodes } from '../../src/findings/episodes/migrateEpisodes.ts';
import { findShared, findNamesIn } from '../../src/findings/episodes/names.ts';
import type { Flow } from '../../src/kernel/defineOperator.ts';
import { toIso, type JsonObject } from '../../src/event.ts';
import { builtins } from '../../src/pipeline/builtins.ts';
import { compilePipeline } from '../../src/pipeline/compile.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';
import type { Blip, Finding, FindingSignal, Signal } from '../../src/signal.ts';
import { describeMessage } from '../../src/views/message/message.ts';
import { messageText } from '../../src/views/message/messageText.ts';
import { radarLines } from '../../src/views/radar/radarLines.ts';
import { blipSignal, findingSignal, markSignal, width } from '../support/blips.ts';
import { verify } from '../../src/testing.ts';
import { incidentEvents, midnight } from '../support/incident.ts';
import { resultJson } from '../support/findings.ts';

type Options = Parameters<typeof episodes>[0];
const minute = 60_000;
const now: Options = { groupWait: 0 };

function findings(signals: readonly Signal[], options: Options = now): Finding[] {
  let out: Flow[] = [];
  from<Flow[]>([...signals])
    .pipe(episodes(options), toArray())
    .subscribe((all) => (out = all));
  return out.filter((s): s is FindingSignal => s.kind === 'finding').map(({ finding }) => finding);
}
const told = (signals: readonly Signal[], options: Options = now) => findings(signals, options).filter(({ type }) => type === 'episode');
const members = (finding: Finding) => (resultJson(finding).members as JsonObject[]).map(({ topic_id: id }) => id).join('');
/** A pattern that came in the window that ends at `n` windows, with its first line `seconds` into it. */
const came = (id: string, n: number, seconds = 0, more: Partial<Blip> = {}) =>
  blipSignal(id, n * width, { state: 'new', level: 'ERROR', first_seen: toIso((n - 1) * width + seconds * 1000), usual: 0, ...more });
const calm = (from_: number, to: number, group = 'g') =>
  Array.from({ length: to - from_ + 1 }, (_, i) => blipSignal('other', (from_ + i) * width, { group_id: group }, 0));

describe('episodes', () => {
  it('are one for what moves together: told after a wait, again when somebody joins, and when all have been calm', () => {
    verify('(xy)-z----c----c----|', episodes({ groupWait: '2m' }), '(xy)-(EzE)c----c----(R|)', {
      start: width,
      frame: minute,
      signal: (letter, time) => (letter === 'c' ? blipSignal('c', time, {}, 0) : came(letter, time / width)),
      describe: (signal) =>
        signal.kind === 'finding' ? (signal.finding.state === 'firing' ? 'E' : 'R') : (signal as { blip: Blip }).blip.topic_id,
    });
  });

  it('keep id and title for life: what moved first names them, whoever is louder', () => {
    const all = told([came('a', 1, 0, { level: 'WARN' }), came('b', 1, 60), came('c', 2, 0, { score: 99 }), ...calm(3, 5)]);
    expect(new Set(all.map(({ id }) => id)).size).to.equal(1);
    expect(all.at(-1)).to.include({ state: 'resolved', title: 'label a', severity: 'critical', since: toIso(0), group_id: 'g' });
  });

  it('are called by the first of those that moved soon after each other, not by who moved alone minutes before', () => {
    const all = told([came('a', 1, 0), came('b', 2, 200), came('c', 2, 210), came('d', 2, 220)], { groupWait: 0, minPatterns: 4 });
    expect(all.at(-1)).to.include({ title: 'label b', since: toIso(0) });
  });

  it('hold their members in order of time, each with when it began to move', () => {
    const rising = blipSignal('rising', width, {
      state: 'rising',
      first_seen: toIso(-width),
      exemplars: [{ event_id: '1', timestamp: toIso(90_000), text: 't' }],
    });
    const last = told([came('late', 1, 200), came('early', 1, 20), rising]).at(-1)!;
    expect((resultJson(last).members as JsonObject[]).map(({ topic_id, at }) => [topic_id, at])).to.deep.equal([
      ['early', toIso(20_000)],
      ['rising', toIso(90_000)],
      ['late', toIso(200_000)],
    ]);
  });

  it('are none of one pattern, of what is steady or quiet, or of what is new while a group is learned', () => {
    const learning = { why: { learning: { learned_ms: 1, warmup_ms: 2 } } };
    expect(told([came('a', 1)])).to.deep.equal([]);
    expect(told([came('a', 1), blipSignal('b', width)])).to.deep.equal([]);
    expect(told([came('a', 1), came('b', 1, 0, { score: 10 })])).to.deep.equal([]);
    expect(told([came('a', 1, 0, learning), came('b', 1, 0, learning)])).to.deep.equal([]);
  });

  it('are two for what moves far apart', () => {
    const all = told([came('a', 1), came('b', 1), came('c', 9), came('d', 9)]);
    expect(new Set(all.map(({ id }) => id)).size).to.equal(2);
    expect(new Set(all.map(members))).to.deep.equal(new Set(['ab', 'cd']));
  });

  it('are not what was on before, however often it stands out, and something else that moves now', () => {
    const on = Array.from({ length: 20 }, (_, i) =>
      blipSignal('a', (i + 2) * width, { level: 'ERROR', state: i % 5 === 4 ? 'rising' : 'steady' }),
    );
    const all = told([came('a', 1), ...on.slice(0, 15), came('b', 16), ...on.slice(15), came('c', 21), came('d', 21)]);
    expect(new Set(all.map(members))).to.deep.equal(new Set(['cd']));
  });

  it('go on while an error goes on, however used to it the memory is, and end for what is none once that is usual for an hour', () => {
    const going = (n: number, level: Blip['level']) => [
      came('a', 1, 0, { level }),
      came('b', 1, 0, { level }),
      ...Array.from({ length: n }, (_, i) => [blipSignal('a', (i + 2) * width), blipSignal('b', (i + 2) * width, { count: 1 })]).flat(),
    ];
    expect(told(going(12, 'INFO')).at(-1)!.state).to.equal('firing');
    expect(told(going(14, 'INFO')).at(-1)!.state).to.equal('resolved');
    expect(told(going(200, 'ERROR')).at(-1)!.state).to.equal('firing');
  });

  it('end when what had risen is back near the usual, and what had stopped is back', () => {
    const moved = (n: number) => [
      blipSignal('up', n * width, { state: 'rising', count: 100, usual: 20 }),
      blipSignal('off', n * width, { state: 'gone', count: 0, usual: 50 }),
    ];
    const back = (n: number, up: number, off: number) => [
      blipSignal('up', n * width, { count: up, usual: 30 }),
      blipSignal('off', n * width, { count: off, usual: 40 }),
    ];
    expect(told([...moved(1), ...back(2, 40, 38), ...back(3, 40, 38)]).at(-1)!.state).to.equal('resolved');
    expect(told([...moved(1), ...back(2, 41, 38), ...back(3, 41, 38)]).at(-1)!.state).to.equal('firing');
    expect(told([...moved(1), ...back(2, 40, 37), ...back(3, 40, 37)]).at(-1)!.state).to.equal('firing');
  });

  it('do not end while a group that always speaks is silent', () => {
    const before = calm(1, 8);
    const silent = [...before, came('a', 9), came('b', 9), ...calm(10, 16, 'elsewhere')];
    expect(told(silent).at(-1)!.state).to.equal('firing');
    expect(told([...silent, ...calm(17, 19)]).at(-1)!.state).to.equal('resolved');
  });

  it('are told again while they last', () => {
    const last = Array.from({ length: 10 }, (_, i) => [came('a', i + 1), came('b', i + 1)]).flat();
    const all = told(last, { groupWait: 0, repeatInterval: '20m' });
    expect(Math.max(...all.map(({ result }) => Number(result.repeats ?? 0)))).to.equal(2);
  });

  describe('findings', () => {
    it('wait for company, and say of which episode they are part', () => {
      const signals = [came('a', 1), findingSignal('f', width, { topic_id: 'a' }), came('b', 1), ...calm(2, 2)];
      const all = findings(signals, { groupWait: '1m' });
      expect(all.map(({ type, state }) => `${type} ${state}`).slice(0, 2)).to.deep.equal(['episode firing', 'spike firing']);
      expect(all[1]!.result.episode).to.deep.equal({ id: all[0]!.id });
    });

    it('are told alone when nobody comes, once the wait is over', () => {
      const all = findings([findingSignal('f', 0), ...calm(1, 1)], { groupWait: '1m' });
      expect(all.map(({ id, result }) => [id, result.episode])).to.deep.equal([['f', undefined]]);
    });

    it('of other groups are members: a budget, a spike, a group that went silent', () => {
      const quiet = findingSignal('q', 30_000, { type: 'rule', group_id: 'bill', title: 'no events', result: { no_data: true } });
      const [episode] = told([findingSignal('s', 0, { group_id: 'auth' }), quiet]);
      expect(
        (resultJson(episode!).members as JsonObject[]).map(({ topic_id, state }) => `${String(topic_id)} ${String(state)}`),
      ).to.deep.equal(['s firing', 'q no data']);
      expect(resultJson(episode!).groups).to.equal(2);
    });

    it('are no members while they may be nothing: the silence of a group whose hours are not known yet', () => {
      const quiet = (result: JsonObject, severity: Finding['severity']) =>
        findingSignal('q', 30_000, {
          type: 'rule',
          group_id: 'office',
          title: 'no events',
          severity,
          result: { no_data: true, ...result },
        });
      const spike = findingSignal('s', 0, { group_id: 'auth' });
      expect(told([spike, quiet({ hours_unknown: true }, 'info')])).to.deep.equal([]);
      expect(told([spike, quiet({ hours_unknown: true }, 'info'), quiet({}, 'warning')]).map(({ state }) => state)).to.include('firing');
    });

    it('end the episode that has no other members when they are resolved', () => {
      const over = (id: string) => findingSignal(id, minute, { state: 'resolved' });
      expect(told([findingSignal('s', 0), findingSignal('t', 0), over('s'), over('t')]).map(({ state }) => state)).to.deep.equal([
        'firing',
        'resolved',
      ]);
    });

    it('lose none, whatever they do while they wait', () => {
      const step = fc.record({
        id: fc.constantFrom('a', 'b', 'c'),
        state: fc.constantFrom('pending', 'firing', 'acked', 'resolved') as fc.Arbitrary<Finding['state']>,
        after: fc.integer({ min: 0, max: 60_000 }),
      });
      fc.assert(
        fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
          let time = 0;
          const given = steps.map(({ id, state, after }) => findingSignal(id, (time += after), { state }));
          const out = findings(given, { minPatterns: 50 });
          for (const id of ['a', 'b', 'c']) {
            const last = (all: Finding[]) => all.filter((one) => one.id === id).at(-1)?.state;
            expect(last(out)).to.equal(last(given.map(({ finding }) => finding)));
            if (given.some(({ finding }) => finding.id === id && finding.state === 'firing'))
              expect(out.some((one) => one.id === id && one.state !== 'pending')).to.equal(true);
          }
        }),
        { numRuns: 200 },
      );
    });
  });

  describe('evidence', () => {
    it('names the changes of the hour before, the earliest first', () => {
      const change = (text: string, time: number) => markSignal({ type: 'change', text }, time);
      const [episode] = told(
        [change('old', 0), change('config r1', 30 * minute), came('a', 14), change('late', 80 * minute), came('b', 17, 0)],
        { groupWait: 0, window: '1h' },
      );
      expect((resultJson(episode!).changes as JsonObject[]).map(({ text }) => text)).to.deep.equal(['config r1', 'late']);
    });

    it('names the past episode that had the same patterns, with the note on it', () => {
      const first = [came('a', 1), came('b', 1), came('c', 1), ...calm(2, 4)];
      const { id } = told(first).at(-1)!;
      const note = markSignal({ type: 'note', target: id, text: 'disk swapped', link: 'INC-0987' }, 4 * width);
      const [again] = told([...first, note, came('a', 20), came('b', 20)]).slice(-1);
      expect(resultJson(again!).seen_before).to.deep.equal([
        { id, at: toIso(0), lasted_ms: 3 * width + 1, patterns: 2, of: 2, note: 'disk swapped', link: 'INC-0987' },
      ]);
    });

    it('forgets the oldest episodes beyond those it is to remember', () => {
      const one = (n: number) => [came(`a${n}`, n), came(`b${n}`, n), ...calm(n + 1, n + 3)];
      const again = told([...one(1), ...one(11), came('a1', 21), came('b1', 21)], { groupWait: 0, remember: 1 }).at(-1)!;
      expect(resultJson(again).seen_before).to.deep.equal([]);
    });

    const names: [text: string, found: string[]][] = [
      ['Slow write to disk /data/3 on dn2, cost 900 ms', ['/data/3', 'dn2']],
      ['block blk_-160899 of size 67108864 from /10.250.1.7:50010', ['blk_-160899']],
      ['2026-03-14T03:05:32Z took 12ms, 4.5GB (97%) 3 tries', []],
      ['http://a.example/x?y=1 "pod-7f9c" [node1]', ['http://a.example/x?y', 'pod-7f9c', 'node1']],
    ];
    for (const [text, found] of names) {
      it(`finds ${found.join(' and ') || 'no names'} in "${text}"`, () => expect(findNamesIn(text)).to.deep.equal(found));
    }

    it('counts a folder for what is below it, and tells the longer of two names that say the same', () => {
      const of = (...lists: string[][]) =>
        findShared(lists.map((list) => ({ names: list }))).map(({ value, in: many }) => `${String(value)} ${String(many)}`);
      expect(of(['dn2', '/data/3'], ['dn2:50010', '/data/3/current'], ['dn2'])).to.deep.equal(['dn2 3', '/data/3 2']);
      expect(of(['pod-7', 'pod-7-abc'], ['pod-7', 'pod-7-abc'])).to.deep.equal(['pod-7-abc 2']);
      expect(of(['a1'], ['b1'], ['a1'], ['c1'], ['d1'])).to.deep.equal([]);
    });
  });

  describe('what people say', () => {
    const begun = [came('a', 1), came('b', 1)];
    const { id } = told(begun)[0]!;

    it('acks, notes and silences stand in the episode', () => {
      const marks = [
        markSignal({ type: 'ack', target: id, text: 'on it' }, width),
        markSignal({ type: 'silence', target: id, until: toIso(9 * width) }, width),
        markSignal({ type: 'note', target: id, text: 'x' }, width),
      ];
      const last = told([...begun, ...marks]).at(-1)!;
      expect(last.state).to.equal('acked');
      expect(last.result)
        .to.include({ silenced_until: toIso(9 * width) })
        .and.to.have.property('notes')
        .with.lengthOf(1);
    });

    it('resolve ends it, and its members do not raise it again before they were calm', () => {
      const all = told([
        ...begun,
        markSignal({ type: 'resolve', target: id }, width),
        came('a', 2),
        came('b', 2),
        ...calm(3, 5),
        came('a', 16),
        came('b', 16),
      ]);
      expect(all.map(({ state }) => state)).to.deep.equal(['firing', 'resolved', 'firing']);
    });

    it('an episode of silenced patterns only is silenced', () => {
      const mark = (target: string, until: number) => markSignal({ type: 'silence', target, until: toIso(until * width) }, 0);
      expect(told([mark('a', 8), mark('b', 9), ...begun])[0]!.result.silenced_until).to.equal(toIso(8 * width));
      expect(told([mark('a', 8), ...begun])[0]!.result).not.to.have.property('silenced_until');
    });
  });
});

describe('a checkpoint of episodes before their state was renamed', () => {
  it('goes on with what was emitted, and when', () => {
    const old = { now: 5, open: [{ id: 'e', told: 3, said: 'a new 1', members: [] }], past: [] };
    expect(migrateEpisodes(old)).to.deep.equal({ now: 5, open: [{ id: 'e', emitted: 3, summary: 'a new 1', members: [] }], past: [] });
    expect(episodes.spec.stateVersion).to.equal(2);
  });
});

describe('an incident over three groups', () => {
  const file = 'fixtures/incident/pipeline.yaml';
  const pipeline = loadPipeline(file, readFileSync(file, 'utf8'), {
    registry: builtins,
    variables: { env: { LOG: 'unused' }, config: () => 'unused' },
  });
  const at = (text: string) => Date.parse(`2026-03-14T${text}Z`);
  const change = markSignal({ type: 'change', text: 'hdfs-config r214' }, at('02:58:00'));

  /** What the fixture's pipeline makes of the incident. */
  function played(starts?: number[], marks: Signal[] = [change], end = midnight + 270 * minute): Signal[] {
    const events = incidentEvents(end, starts).map((event): Signal => ({
      kind: 'event',
      time: Date.parse(event.timestamp),
      key: '',
      event,
    }));
    const out: Signal[] = [];
    from([...events, ...marks].sort((a, b) => a.time - b.time))
      .pipe(compilePipeline(pipeline))
      .subscribe((signal) => out.push(signal));
    return out;
  }
  const episodesIn = (signals: readonly Signal[]) =>
    signals.flatMap((s) => (s.kind === 'finding' && s.finding.type === 'episode' ? [s.finding] : []));

  it('is one episode, told within three minutes of its first sign, and resolved when it is over', () => {
    const all = episodesIn(played());
    expect(new Set(all.map(({ id }) => id)).size).to.equal(1);
    expect(all[0]).to.include({ state: 'firing', severity: 'critical', since: toIso(at('03:05:32')) });
    expect(Date.parse(all[0]!.updated)).to.be.at.most(at('03:08:32'));
    expect(all.at(-1)!.state).to.equal('resolved');
  });

  it('reads as a page: who moved when, what they share, what changed before', () => {
    const out = played();
    const radar = out.findLast((s) => s.kind === 'radar' && s.radar.end === toIso(at('03:15:00')) && !s.radar.open) as Extract<
      Signal,
      { kind: 'radar' }
    >;
    const before = out.slice(0, out.indexOf(radar));
    const page = radarLines(
      { radar: radar.radar, findings: episodesIn(before).slice(-1) },
      { columns: 96, color: false, ascii: false, timeZone: 'UTC' },
    );
    const from_ = page.findIndex((line) => line.startsWith('EPISODE'));
    expect(
      page
        .slice(from_, from_ + 8)
        .map((line) => line.replace(/^(  \+\d:\d\d  )\w{4}/, '$1....').replace(/ \w{4}  firing/, ' ....  firing')),
    ).to.deep.equal([
      'EPISODE  ....  firing 9m, since 03:05:32Z         5 patterns, 3 groups            score 96',
      '  -7:32  change  hdfs-config r214',
      '  +0:00  ....  cloudwatch:/hdfs/datanode  new          157  Slow write to disk /data/3 on dn2, …',
      '  +1:40  ....  cloudwatch:/hdfs/datanode  new           39  Disk failure on dn2, volume <path> …',
      '  +2:23  ....  cloudwatch:/hdfs/datanode  rising     2,001  writeBlock <id> received exception …',
      '  +2:58  ....  alertmanager:hdfs          new            1  DataNodeVolumeFailed dn2 critical',
      '  +4:23  ....  sqs-dlq:block-writes-dlq   rising        17  PutBlock <id> to dn2 /data/3 timed …',
      '  in common    dn2 in 5 of 5, /data/3 in 3 of 5.  Order in time, not proof of cause.',
    ]);
  });

  it('is one message, whose title is what moved first and never changes', () => {
    const all = episodesIn(played());
    const late = messageText(describeMessage(all.find(({ updated }) => updated >= toIso(at('03:15:00')))!));
    expect(late.slice(0, -1)).to.deep.equal([
      '[critical] hdfs/datanode: Slow write to disk /data/3 on dn2, cost <n>',
      'on 9m, growing: "Disk failure on dn2, volume <path> not writable" 39 in 5m, usual 1.1.  dn2 in 5 of 5, /data/3 in 3 of 5.  now in 3 services.',
      'after hdfs-config r214 (7m earlier).',
      '  03:05:32Z  Slow write to disk /data/3 on dn2, cost 900 ms',
      '  03:07:12Z  Disk failure on dn2, volume /data/3 not writable',
    ]);
    expect(new Set(all.map((one) => describeMessage(one).subject)).size).to.equal(1);
  });

  /** A service that has always had one error is told of at the end of its warm-up, apart from what comes. */
  const isOld = ({ result }: Finding) => 'already_on' in result;

  it('makes every finding of it say that it is part of the episode', () => {
    const out = played();
    const [{ id } = { id: '' }] = episodesIn(out);
    const others = out.flatMap((s) => (s.kind === 'finding' && s.finding.type !== 'episode' && !isOld(s.finding) ? [s.finding] : []));
    expect(others.length).to.be.greaterThan(2);
    expect(new Set(others.map(({ result }) => JSON.stringify(result.episode)))).to.deep.equal(new Set([JSON.stringify({ id })]));
  });

  it('is told like the one before it when it comes again, with the note that was left', () => {
    const [{ id } = { id: '' }] = episodesIn(played());
    const note = markSignal({ type: 'note', target: id, text: 'disk swapped', link: 'INC-0987' }, at('04:00:00'));
    const all = episodesIn(played([at('03:05:32'), at('05:40:11')], [change, note], midnight + 400 * minute));
    expect(new Set(all.map((one) => one.id)).size).to.equal(2);
    const [before] = all.at(-1)!.result.seen_before as JsonObject[];
    expect(before).to.include({ id, at: toIso(at('03:05:32')), note: 'disk swapped', link: 'INC-0987' });
  });

  it('is not there on a calm morning, but for the error that was there before', () => {
    const found = played([], []).flatMap((s) => (s.kind === 'finding' ? [s.finding] : []));
    expect(new Set(found.map((one) => `${one.title} ${String(isOld(one))}`))).to.deep.equal(new Set(['JWT expired for session <id> true']));
  });
});
