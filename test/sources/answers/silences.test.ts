import { expect } from 'chai';
import type { Mark } from '../../../src/signal.ts';
import { listOwnSilences, makeSilence, readSilences } from '../../../src/sources/answers/silences.ts';

const matcher = (name: string, value: string, more: object = {}) => ({ name, value, isRegex: false, isEqual: true, ...more });
const silence = (matchers: object[], more: object = {}) => ({
  id: 's-1',
  status: { state: 'active' },
  matchers,
  startsAt: '2026-05-04T10:00:00.000Z',
  endsAt: '2026-05-04T12:00:00.000Z',
  createdBy: 'ana',
  comment: 'swap',
  ...more,
});
const now = Date.parse('2026-05-04T10:30:00.000Z');
const mark = (more: Partial<Mark> = {}): Mark => ({
  id: 'm1',
  type: 'silence',
  target: 'yiku5svt2daed2br',
  who: 'ben',
  at: '2026-05-04T10:00:00.000Z',
  until: '2026-05-04T12:00:00.000Z',
  ...more,
});

describe('silences of Alertmanager', () => {
  it('are marks of that person: of a finding by its id, else of a group', () => {
    expect(readSilences([silence([matcher('caducus_group', 'k8s:a'), matcher('caducus_id', 'yiku5svt2daed2br')])])[0]).to.deep.include({
      type: 'silence',
      target: 'yiku5svt2daed2br',
      who: 'ana',
      from: '2026-05-04T10:00:00.000Z',
      until: '2026-05-04T12:00:00.000Z',
      text: 'swap',
      via: 'alertmanager',
    });
    expect(readSilences([silence([matcher('service', 'orders')])])[0]!.target).to.equal('orders');
  });

  it('are the same mark with another end when they are made longer or ended', () => {
    const [a, b] = ['12', '11'].map(
      (hour) => readSilences([silence([matcher('group', 'g')], { endsAt: `2026-05-04T${hour}:00:00Z` })])[0]!,
    );
    expect(a!.id).to.equal(b!.id);
    expect(a!.until).to.not.equal(b!.until);
  });

  it('are none of ours by patterns, by what they are not, by other labels, or in another shape', () => {
    for (const one of [
      silence([matcher('group', '.*', { isRegex: true })]),
      silence([matcher('group', 'g', { isEqual: false })]),
      silence([matcher('severity', 'critical')]),
      silence([]),
      { id: 's' },
      null,
      'text',
    ])
      expect(readSilences([one])).to.deep.equal([]);
    expect(readSilences({ error: 'x' })).to.deep.equal([]);
  });

  it('are made of silences that are said here, and known again by their comment', () => {
    const made = makeSilence(mark({ text: 'disk' }), now)!;
    expect(made).to.deep.equal({
      matchers: [matcher('caducus_id', 'yiku5svt2daed2br')],
      startsAt: '2026-05-04T10:00:00.000Z',
      endsAt: '2026-05-04T12:00:00.000Z',
      createdBy: 'ben',
      comment: 'disk (caducus mark m1)',
    });
    const there = [{ ...silence([]), ...made }];
    expect([...listOwnSilences(there)]).to.deep.equal(['m1']);
    // What came from here does not come back.
    expect(readSilences(there)).to.deep.equal([]);
    expect(makeSilence(mark({ target: 'k8s:orders' }), now)!['matchers']).to.deep.equal([matcher('caducus_group', 'k8s:orders')]);
  });

  it('are not made of what was said there, is over, has no end, or is no silence', () => {
    const { until: _until, ...endless } = mark();
    const marks = [mark({ via: 'alertmanager' }), mark({ until: '2026-05-04T10:00:00Z' }), endless, mark({ type: 'ack' })];
    expect(marks.map((one) => makeSilence(one, now))).to.deep.equal([null, null, null, null]);
  });
});
