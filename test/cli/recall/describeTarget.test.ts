import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { describePattern, findBlip } from '../../../src/cli/recall/describeTarget.ts';
import { targetIn } from '../../../src/cli/recall/known.ts';
import { incidentLog, quietLog } from '../../../src/cli/demo/demoLog.ts';
import { CaducusError } from '../../../src/errors.ts';
import { nodeIo } from '../../../src/io.ts';
import { readRecall, readTopics } from '../../../src/store/recall.ts';
import { patternShape } from '../../../src/web/api/shapes.ts';
import { caducus } from '../../support/caducus.ts';
import { temporaryFolder } from '../../support/testIo.ts';

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
