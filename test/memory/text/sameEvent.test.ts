import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parsePairs } from '../../../src/embedders/evaluatePairs.ts';
import { extractMeaning } from '../../../src/memory/text/meaning.ts';
import { contradict, eventSimilarity } from '../../../src/memory/text/sameEvent.ts';

const opposed = (a: string, b: string) => contradict(extractMeaning(a), extractMeaning(b));

const concepts = (text: string) => extractMeaning(text).concepts;

const mayFold = (a: string, b: string) => concepts(a) !== '' && concepts(a) === concepts(b) && !opposed(a, b);

describe('texts that contradict each other', () => {
  const pairs: [string, string][] = [
    ['lock acquire requested by worker', 'lock release requested by worker'],
    ['Releasing suspend blocker', 'Acquiring suspend blocker'],
    ['state changed from IDLE to ACTIVE', 'state changed from ACTIVE to IDLE'],
    ['my state LOOKING n.state', 'my state LEADING n.state'],
    ['Launching container web', 'Cleanup container web'],
    ['backup of shop finished', 'backup of shop crashed'],
    ['host is not ready', 'host is ready again'],
  ];
  for (const [a, b] of pairs) it(`are ${a} and ${b}`, () => expect(opposed(a, b) && eventSimilarity(a, b) === -1).to.equal(true));

  it('are none where a participle has moved, or no word is the same', () => {
    expect(opposed('Configuration reloaded', 'Reloaded configuration')).to.equal(false);
    expect(opposed('connection refused', 'socket declined')).to.equal(false);
  });

  it('keep eight events of four statements eight', () => {
    const lines = [
      'sleep state onWake SleepType Normal yes',
      'sleep state onSleep SleepType Normal yes',
      'Node card: no ALERTs are active. Reset is asserted. ASIC Reset is asserted. Mask is not active.',
      'Node card: ALERT is (are) active. Reset is asserted. ASIC Reset is not asserted. Mask is not active.',
    ];
    for (const a of lines) for (const b of lines) expect(mayFold(a, b)).to.equal(a === b);
  });
});

describe('natural pairs', () => {
  const pairs = parsePairs(readFileSync(new URL('../../../fixtures/naturalPairs.tsv', import.meta.url), 'utf8'));

  it('are folded in two of three wordings, and never where the events differ', () => {
    const folded = pairs.filter(({ a, b }) => mayFold(a, b));
    expect(folded.filter(({ same }) => same).length).to.be.at.least((pairs.filter(({ same }) => same).length * 2) / 3);
    expect(folded.filter(({ same }) => !same)).to.deep.equal([]);
  });
});
