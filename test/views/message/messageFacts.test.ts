import { expect } from 'chai';
import { readLines, writeFacts } from '../../../src/views/message/messageFacts.ts';
import { changedFinding } from '../../support/findings.ts';
import { episode, quiet, spike } from '../../support/views/viewSamples.ts';

describe('what is known of a finding', () => {
  it('names a bare number by its field, and says only where all have it', () => {
    const common = (in_common: object[]) => writeFacts(changedFinding(episode, { result: { ...episode.result, in_common } }))[0];
    expect(common([{ value: '412', in: 5, of: 5, field: 'version' }])).to.equal('on 4m.  only version 412, 5 of 5.');
    expect(common([{ value: 'eu-1', in: 9, of: 10, field: 'zone' }])).to.equal('on 4m.  eu-1 in 9 of 10.');
    expect(common([])).to.equal('on 4m.');
  });

  it('says which group came first where that is not the one of the title, or was so before', () => {
    const cause = { kind: 'group', what: 'payments', bits: 4, evidence: [{ why: 'order', bits: 2, in: 2, of: 2 }] };
    const first = (group: string, more: object = {}) =>
      writeFacts(
        changedFinding(episode, {
          result: {
            ...episode.result,
            changes: [],
            seen_before: [],
            first: { topic_id: 't', group_id: group, groups: 9 },
            came_first: [
              { kind: 'value', what: 'version v412', bits: 9, evidence: [] },
              { ...cause, ...more },
            ],
          },
        }),
      )[1];
    expect(first('orders')).to.equal('first payments, before 2 of 2 others.');
    expect(first('payments', { precedents: { in: 3, of: 4 } })).to.equal(
      'first payments, before 2 of 2 others, first in 3 of 4 episodes before.',
    );
    expect(first('payments')).not.to.match(/^first/);
  });

  it('says of a rule the count, what its lines have in common that others have not, and its change', () => {
    const fields = [
      { name: 'version', value: 'v412', in: 25, of: 25, usual: 0.02 },
      { name: 'host', value: 'h1', in: 25, of: 25, usual: 1 },
    ];
    const rule = changedFinding(quiet, {
      result: {
        value: 25,
        usual: 0,
        start: '2026-05-04T09:55:00.000Z',
        end: '2026-05-04T10:00:00.000Z',
        course: 'steady',
        fields,
        change: { at: '2026-05-04T09:48:00.000Z', text: 'orders v412' },
      },
    });
    expect(writeFacts(rule)).to.deep.equal(['on 10m, steady: 25 in 5m, usual 0.  only v412, 25 of 25.', 'after orders v412 (2m earlier).']);
  });

  it('says of what was on before anybody watched that it was', () => {
    expect(writeFacts(changedFinding(quiet, { result: { already_on: true, value: 3 } }))[0]).to.equal(
      'already on when this began to watch: 3.',
    );
  });

  it('says of a change that came later when it came', () => {
    const late = changedFinding(episode, {
      result: { ...episode.result, changes: [{ at: '2026-05-04T09:57:32.000Z', text: 'rollback' }], seen_before: [] },
    });
    expect(writeFacts(late)[1]).to.equal('rollback 2m into it.');
  });

  it('says of a result that is not whole only how long it is on', () => {
    expect(writeFacts(changedFinding(spike, { result: { of: 1 } }))).to.deep.equal(['on 5m.']);
    expect(readLines(changedFinding(quiet, { result: { lines: 'none' } }))).to.deep.equal([]);
  });

  it('shows two lines in order of time, none twice', () => {
    const line = (second: number, text: string) => ({ at: `2026-05-04T09:55:0${second}.000Z`, group_id: 'g', text });
    const shown = (...lines: object[]) => readLines(changedFinding(quiet, { result: { lines } })).map(({ text }) => text);
    expect(shown(line(2, 'b'), line(1, 'a'), line(0, 'c'))).to.deep.equal(['a', 'b']);
    expect(shown(line(1, 'a'), line(2, 'a'))).to.deep.equal(['a']);
    expect(shown()).to.deep.equal([]);
  });
});
