import { expect } from 'chai';
import { tapMatch } from '../../../src/cli/control/tapMatch.ts';
import { CaducusError } from '../../../src/errors.ts';
import type { Signal } from '../../../src/signal.ts';
import { sampleBlip, spike } from '../../support/views/viewSamples.ts';

const event: Signal = {
  kind: 'event',
  time: 0,
  key: 'app',
  event: {
    id: 'e1',
    timestamp: '2026-03-14T03:00:00.000Z',
    source: 'app',
    group_id: 'app:orders',
    text: 'Payment refused: Timeout a=b',
    metadata: { level: 'ERROR', pod: 'web-1', status: 503 },
  },
};
const blip: Signal = { kind: 'blip', time: 0, key: 'app', blip: sampleBlip({ label: 'Disk failure', score: 80 }) };
const finding: Signal = { kind: 'finding', time: 0, key: 'app', finding: spike };

const cases: [string[], Signal, boolean][] = [
  [[], event, true],
  [['timeout'], event, true],
  [['timeout', 'payment'], event, true],
  [['timeout', 'disk'], event, false],
  [['/^Payment/'], event, true],
  [['/^payment/'], event, false],
  [['/^payment/i'], event, true],
  [['level=ERROR'], event, true],
  [['level=ERR'], event, false],
  [['pod=/^web-/'], event, true],
  [['metadata.status=503'], event, true],
  [['group_id=app:orders'], event, true],
  [['nothing=503'], event, false],
  [['metadata=web'], event, false],
  [['kind=event'], event, true],
  [['kind=blip'], event, false],
  [['kind=blip', 'label=/disk/i', 'score=80'], blip, true],
  [['disk'], blip, true],
  [['retry'], finding, true],
  [['state=firing'], finding, true],
];

describe('what a tap matches', () => {
  for (const [written, signal, matches] of cases)
    it(`${written.join(' and ') || 'nothing asked for'} ${matches ? 'matches' : 'does not match'} the ${signal.kind}`, () =>
      expect(tapMatch(written)(signal)).to.equal(matches));

  it('refuses a pattern that is none, and says which', () => {
    expect(() => tapMatch(['level=/(/'])).to.throw(CaducusError, /"level=\/\(\/" is no pattern/);
  });

  it('takes time linear in a text, whatever the pattern', () => {
    const long = { ...event, event: { ...event.event, text: 'a'.repeat(20_000) } };
    expect(tapMatch(['/(a+)+b/'])(long)).to.equal(false);
  });
});
