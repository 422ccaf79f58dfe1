import { expect } from 'chai';
import { describeMessage, type MessageAround } from '../../../src/views/message/message.ts';
import { messageText } from '../../../src/views/message/messageText.ts';
import { nameGroup } from '../../../src/views/message/messageSubject.ts';
import type { Finding } from '../../../src/signal.ts';
import { changedFinding } from '../../support/findings.ts';
import { episode, quiet, spike } from '../../support/views/viewSamples.ts';

const written = (finding: Finding, around?: MessageAround) => messageText(describeMessage(finding, around));
const whole = changedFinding(episode, {
  title: 'Retry <n> of 5 for order <id>',
  result: {
    ...episode.result,
    first: { topic_id: 'm3qd77', group_id: 'app:orders', groups: 2 },
    rate: { label: 'Payment gateway pay-3 refused <id>: timeout', count: 42, usual: 0, window_ms: 300_000 },
    course: 'growing',
    in_common: [
      { value: 'v412', in: 25, of: 25, field: 'version' },
      { value: 'pay-3', in: 3, of: 3 },
    ],
    lines: [
      { at: '2026-05-04T09:57:01.000Z', group_id: 'app:orders', text: 'Payment gateway pay-3 refused 88: timeout' },
      { at: '2026-05-04T09:55:32.000Z', group_id: 'app:orders', text: 'Retry 3 of 5 for order 1' },
    ],
  },
});

describe('a message', () => {
  it('says what moved first and how many services, since when, how much, what is in common, what was before, and shows two lines', () => {
    const links = [{ name: 'runbook', href: 'https://wiki.example/orders' }];
    expect(written(whole, { owner: 'payments', links, blind: { silent: 2, of: 60 } })).to.deep.equal([
      '[critical] orders: Retry <n> of 5 for order <id>, and 1 more service',
      'on 4m, growing: "Payment gateway pay-3 refused <id>: timeout" 42 in 5m, usual 0.  only v412, 25 of 25, pay-3 in 3 of 3.',
      'after payments v412 (7m earlier).  like e4aa, 11 Feb: "gateway restarted", INC-0987.',
      '  09:55:32Z  Retry 3 of 5 for order 1',
      '  09:57:01Z  Payment gateway pay-3 refused 88: timeout',
      'owner payments.  blind: 2 of 60 sources.  e7c1',
      'runbook: https://wiki.example/orders',
    ]);
  });

  it('keeps its title while more join, and says how many it is now', () => {
    const grown = changedFinding(whole, { result: { ...whole.result, groups: 7 } });
    expect(written(grown)[0]).to.equal(written(whole)[0]);
    expect(written(grown)[1]).to.include('now in 7 services');
  });

  it('says of what is over how long it was on and what it was', () => {
    const over = changedFinding(whole, { state: 'resolved', updated: '2026-05-04T10:36:32.000Z' });
    expect(written(over)[0]).to.equal(
      '[resolved] orders: Retry <n> of 5 for order <id>, and 1 more service.  was on 41m, 09:55 to 10:36Z: 3 patterns in 2 groups.',
    );
    const late = written(changedFinding(over, { updated: '2026-05-05T01:00:00.000Z' }), { late: true })[0];
    expect(late).to.match(/^\[critical\] .* was on 15h 4m while this could not be delivered \(2026-05-04 09:55 to 2026-05-05 01:00Z\)\.$/);
  });

  it('says of a spike and of a silent group what they are about, and who has answered', () => {
    expect(written(spike).slice(0, 2)).to.deep.equal(['[warning] orders: Retry <n> of 5 for order <id>', 'on 5m: 1,204 in 5m, usual 61.']);
    expect(written(quiet)[0]).to.equal('[warning] billing: no events');
    const acked = changedFinding(spike, {
      state: 'acked',
      result: { ...spike.result, acked: { who: 'ana', at: '', until: '2026-05-04T12:00:00.000Z', note: 'on it' } },
    });
    expect(written(acked)).to.include('acked by ana until 12:00Z: "on it".');
  });

  it('is short of what is long, and shows what is empty or hostile as text', () => {
    const bad = (text: string) =>
      changedFinding(whole, {
        title: text,
        group_id: text,
        result: { ...whole.result, lines: [{ at: '2026-05-04T09:55:32.000Z', group_id: text, text }], changes: [{ at: 'x', text }] },
      });
    for (const text of ['', 'x'.repeat(100_000), '\u001b[2J\u202e\n\r\u0000', '*_~`<@U1>&|```', '\ud83d', '__proto__']) {
      const lines = written(bad(text), { owner: text, links: [] });
      expect(lines.join('\n').length).to.be.below(3_000);
      for (const line of lines) expect(line).to.not.match(/[\p{Cc}\u202a-\u202e]/u);
    }
  });

  it('names a group without its source', () => {
    expect(['cloudwatch:/hdfs/datanode', 'k8s:orders', 'orders', ':', ''].map(nameGroup)).to.deep.equal([
      'hdfs/datanode',
      'orders',
      'orders',
      ':',
      '',
    ]);
  });
});
