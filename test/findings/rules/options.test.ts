import { expect } from 'chai';
import { hashWhen, options, readSettings } from '../../../src/findings/rules/options.ts';

const rule = (more: object) => ({ name: 'a', ...more });
/** Paths at which rules are refused, and what is said. */
function refused(...rules: object[]): string[] {
  const read = options.safeParse({ rules });
  // The second way of writing them is the one that is used here.
  const issues = read.error?.issues.flatMap((issue) => (issue.code === 'invalid_union' ? issue.errors[1]! : issue)) ?? [];
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}
const read = (more: object) => readSettings(options.parse([rule(more)])).rules[0]!;

describe('the options of rules', () => {
  const job = { pattern: 'backup done', by: '02:30' };
  const cases: [name: string, rule: object, at: string, says: RegExp][] = [
    ['that names nothing to meet', { when: { group: 'web' } }, 'when', /no condition/],
    ['of silence without how long', { when: { noData: true } }, 'when.noData', /needs `for`/],
    ['of silence of a pattern', { when: { noData: true, state: 'new' }, for: '1m' }, 'when.noData', /whole groups/],
    ['of unread lines of a pattern', { when: { unread: 0.1, pattern: 'x' } }, 'when.unread', /whole groups/],
    ['of volume with a pattern', { when: { volume: 'above 3', pattern: 'x' } }, 'when.volume', /all lines/],
    ['of findings with a score', { when: { finding: 'spike', minScore: 1 } }, 'when.finding', /minScore/],
    ['of a severity of no finding', { when: { state: 'new', minSeverity: 'info' } }, 'when.minSeverity', /only findings/],
    ['of findings on a budget', { when: { finding: 'spike' }, falseAlarms: '1/week' }, 'falseAlarms', /only rules about patterns/],
    ['that expects and says when', { expect: job, when: { state: 'new' } }, 'when', /has no `when`/],
    ['that expects and waits', { expect: job, for: '1m' }, 'for', /has no `for`/],
    ['with a level nobody knows', { when: { minLevel: 'loud' } }, 'when.minLevel', /got "loud"/],
    ['with a name that is none', { name: '1 a', when: { state: 'new' } }, 'name', /beginning with a letter/],
  ];
  for (const [name, given, at, says] of cases)
    it(`refuse a rule ${name}`, () => {
      const found = refused(rule(given));
      expect(found).to.have.length(1);
      expect(found[0])
        .to.match(new RegExp(`^rules\\.0\\.${at.replaceAll('.', '\\.')}: `))
        .and.to.match(says);
    });

  it('take a rule of each kind', () => {
    const kinds = [
      { when: { state: ['new', 'rising'], minLevel: 'warn' } },
      { when: { pattern: 'timeout' } },
      { when: { noData: true }, for: '10m' },
      { when: { unread: 0.05 } },
      { when: { finding: 'spike', minSeverity: 'critical' } },
      { expect: job },
    ];
    expect(kinds.flatMap((kind) => refused(rule(kind)))).to.deep.equal([]);
  });

  it('refuse a second rule of the same name, where it stands', () => {
    const same = rule({ when: { state: 'new' } });
    expect(refused(same, { ...same, name: 'b' }, same)).to.deep.equal(['rules.2.name: the name "a" is taken by a rule above']);
  });

  it('are the same written as a list and as a whole', () => {
    const rules = [rule({ when: { state: 'new' } })];
    expect(readSettings(options.parse(rules))).to.deep.equal(readSettings(options.parse({ rules })));
  });

  it('tell a rule by when it holds, however that is written, and not by its severity or its wait', () => {
    const known = hashWhen(read({ when: { state: 'new', minCount: 2 } }));
    expect(hashWhen(read({ when: { minCount: 2, state: 'new' }, severity: 'critical', for: '1m' }))).to.equal(known);
    expect(hashWhen(read({ when: { state: 'new', minCount: 3 } }))).to.not.equal(known);
    expect(hashWhen(read({ expect: job }))).to.not.equal(hashWhen(read({ expect: { ...job, by: '02:31' } })));
  });
});
