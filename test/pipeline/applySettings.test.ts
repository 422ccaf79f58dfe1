import { expect } from 'chai';
import { applySettings } from '../../src/pipeline/applySettings.ts';
import { YamlDocument } from '../../src/pipeline/yamlDocument.ts';

const file = `
sources: { in: { file: { path: x.log } } }
operators:
  - memory: { window: 5m }
  - { id: loud, spike: { value: blip.count } }
  - rules:
      - { name: new-error, when: { state: new } }
      - { name: noisy, when: { state: rising } }
  - { id: more, rules: { rules: [{ name: late, when: { state: gone } }], clear_after: 3 } }
  - episodes:
sinks: { pager: { webhook: { format: slack } } }
`;

describe('options that are set in place of what a file says', () => {
  const apply = (...settings: string[]) => {
    const yaml = new YamlDocument('p.yaml', file);
    applySettings(yaml, settings);
    return yaml.toData() as { operators: Record<string, unknown>[]; sinks: unknown; sources: unknown };
  };

  it('are found by operator, by id, by the name of a rule, and in sinks and sources', () => {
    const { operators, sinks, sources } = apply(
      'memory.window=1m',
      'loud.threshold=3',
      'rules.new-error.for=10m',
      'rules.new-error.when.min_score=40',
      'more.late.severity=critical',
      'more.clear_after=5',
      'episodes.window=2m',
      'sinks.pager.min_severity=critical',
      'sources.in.follow=true',
    );
    expect(operators[0]).to.deep.equal({ memory: { window: '1m' } });
    expect(operators[1]).to.deep.equal({ id: 'loud', spike: { value: 'blip.count', threshold: 3 } });
    expect((operators[2]!['rules'] as object[])[0]).to.deep.equal({ name: 'new-error', when: { state: 'new', min_score: 40 }, for: '10m' });
    expect(operators[3]!['rules']).to.deep.equal({
      rules: [{ name: 'late', when: { state: 'gone' }, severity: 'critical' }],
      clear_after: 5,
    });
    expect(operators[4]).to.deep.equal({ episodes: { window: '2m' } });
    expect(sinks).to.deep.equal({ pager: { webhook: { format: 'slack', min_severity: 'critical' } } });
    expect(sources).to.deep.equal({ in: { file: { path: 'x.log', follow: true } } });
  });

  it('take a rule out', () => {
    expect((apply('rules.noisy=off').operators[2]!['rules'] as object[]).map((rule) => (rule as { name: string }).name)).to.deep.equal([
      'new-error',
    ]);
  });

  const wrong: [string, RegExp][] = [
    ['rules', /is no place=value/],
    ['rulse.new-error.for=10m', /there is no rulse/],
    ['rules.new-eror.for=10m', /there is no new-eror/],
    ['rules.new-error=10m', /names a rule and none of its options/],
    ['sinks.slack.channel=C1', /there is no slack/],
    ['memory.window.length=3', /no place for length/],
  ];
  for (const [setting, message] of wrong) it(`refuses ${setting}`, () => expect(() => apply(setting)).to.throw(message));
});
