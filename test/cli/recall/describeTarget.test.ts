import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { describeFinding, describePattern, findBlip } from '../../../src/cli/recall/describeTarget.ts';
import { targetIn } from '../../../src/cli/recall/known.ts';
import { incidentLog, quietLog } from '../../../src/cli/demo/demoLog.ts';
import { CaducusError } from '../../../src/errors.ts';
import { nodeIo } from '../../../src/io.ts';
import type { TopicRecord } from '../../../src/memory/topics/topicRecord.ts';
import { readRecall, readTopics, type Recall } from '../../../src/store/recall.ts';
import { episodeShape, patternShape } from '../../../src/web/api/shapes.ts';
import { caducus } from '../../support/caducus.ts';
import { partly } from '../../support/typed.ts';
import { temporaryFolder } from '../../support/testIo.ts';
import { episode } from '../../support/views/viewSamples.ts';

describe('describePattern', () => {
  const folder = temporaryFolder();
  const known = () => {
    const { files } = nodeIo();
    return { recall: readRecall(files, folder.path, '_files')!, topics: readTopics(files, folder.path, '_files') };
  };
  before(async () => {
    writeFileSync(folder.file('quiet.log'), quietLog());
    writeFileSync(folder.file('incident.log'), incidentLog());
    await caducus(['radar', folder.file('quiet.log'), folder.file('incident.log'), '--data-dir', folder.path]);
  });

  it('says the terms of the score, which add up, the pieces of its templates and what moved beside it', () => {
    const all = known();
    const target = targetIn(all.recall.radar!.blips[0]!.topic_id, all);
    if (target?.kind !== 'pattern') return expect.fail('no pattern');
    const answer = describePattern(target, findBlip(target), []);
    const added = answer.why.terms.filter(({ added: is }) => is).reduce((sum, { bits }) => sum + bits, 0);
    expect(added).to.be.closeTo(answer.why.bits, 1e-9);
    for (const { pattern, parts } of answer.templates) expect(parts.map(({ text }) => text).join('')).to.equal(pattern);
    const beside = [...answer.context.same_minutes!.before, ...answer.context.same_minutes!.during].flatMap(({ topic_id: id }) => id ?? []);
    expect(beside).not.to.deep.equal([]);
    expect(Object.keys(answer.known)).to.include.members(beside);
    expect(JSON.parse(JSON.stringify(patternShape.parse(answer)))).to.deep.equal(JSON.parse(JSON.stringify(answer)));
  });

  it('has nothing to say of a pattern that was never judged', () => {
    const all = known();
    const [topic] = all.topics;
    expect(() =>
      findBlip({ ...all, kind: 'pattern', topic: { ...topic!, judged: null }, recall: { ...all.recall, radar: null } }),
    ).to.throw(CaducusError, 'no window with it has closed yet');
  });

  it('is what `explain --json` prints', async () => {
    const { topic_id: id } = known().recall.radar!.blips[0]!;
    const { out } = await caducus(['explain', id, '--json', '--data-dir', folder.path]);
    expect(JSON.parse(out)).to.include.keys('kind', 'blip', 'why', 'history', 'templates', 'notes', 'context', 'known');
  });
});

describe('describeFinding', () => {
  it('knows when the members of past episodes first moved, by the ids that they have now, the most alike first', () => {
    const member = (topic_id: string, at: string) => ({ ...episode.result.members[0]!, topic_id, at });
    const past = (id: string, ...members: ReturnType<typeof member>[]) => ({
      ...episode,
      id,
      state: 'resolved' as const,
      since: '2026-02-11T04:20:00.000Z',
      result: { ...episode.result, seen_before: [], members },
    });
    const like = (id: string) => ({ id, at: '2026-02-11T04:20:00.000Z', lasted_ms: 1, patterns: 1, of: 3 });
    const finding = { ...episode, result: { ...episode.result, seen_before: [like('e2'), like('e1'), like('gone')] } };
    const recall: Recall = {
      version: 1,
      name: 'p',
      inputs: [],
      by: 'source',
      as_of: '2026-05-04T10:00:00.000Z',
      radar: null,
      findings: [
        past('e1', member('m3qd77', '2026-02-11T04:20:00.000Z')),
        past('e2', member('old', '2026-02-11T04:26:00.000Z'), member('other', '2026-02-11T04:20:00.000Z')),
        past('unlike', member('m3qd77', '2026-02-11T04:20:00.000Z')),
        finding,
      ],
    };
    const topics = [partly<TopicRecord>({ topic_id: 'k7f2d0', merged: ['old'], judged: null, last_seen: '2026-05-04T10:00:00.000Z' })];
    const answer = describeFinding({ kind: 'finding', finding, topics, recall }, []);
    expect(answer.past_members).to.deep.equal([
      {
        id: 'e2',
        members: [
          { topic_id: 'other', offset_ms: 0 },
          { topic_id: 'k7f2d0', offset_ms: 360_000 },
        ],
      },
      { id: 'e1', members: [{ topic_id: 'm3qd77', offset_ms: 0 }] },
    ]);
    expect(JSON.parse(JSON.stringify(episodeShape.parse(answer)))).to.deep.equal(JSON.parse(JSON.stringify(answer)));
  });
});
