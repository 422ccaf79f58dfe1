import { expect } from 'chai';
import { interpolate } from '../../src/pipeline/interpolate.ts';
import { YamlDocument } from '../../src/pipeline/yamlDocument.ts';

function filled(text: string, env: Record<string, string> = {}) {
  const yaml = new YamlDocument('p.yaml', text);
  const errors = interpolate(yaml, { env, config: (path) => (path === 'data_dir' ? '/data' : undefined) });
  return {
    data: yaml.toData(),
    errors: errors.map(({ what, hint, where }) => `${where.line}:${where.column} ${where.path} ${what} | ${hint.split('\n')[0]}`),
  };
}
const value = (text: string, env: Record<string, string> = {}) => (filled(`a: '${text}'`, env).data as { a: string }).a;

describe('variables in a file', () => {
  const cases: [text: string, value: string, env?: Record<string, string>][] = [
    ['${X}', 'x', { X: 'x' }],
    ['${X}/${X}', 'x/x', { X: 'x' }],
    ['${X:-d}', 'd'],
    ['${X:-d}', 'd', { X: '' }],
    ['${X:-}', ''],
    ['${X}', '', { X: '' }],
    ['$${X}', '${X}', { X: 'x' }],
    ['${config.data_dir}/x', '/data/x'],
    ['{{ X|d }}', 'd'],
    ['{{X}}', 'x', { X: 'x' }],
    ['{{ X| }}', ''],
    ['{ X }', '{ X }'],
    ['${toString:-d}', 'd'],
  ];
  for (const [text, wanted, env] of cases) it(`${text} is ${JSON.stringify(wanted)}`, () => expect(value(text, env)).to.equal(wanted));

  it('that are missing are told where they stand, each', () => {
    expect(filled('a:\n  - "x${A}"\n  - { b: "${B:?give B}" }\nc: "${config.gone}"').errors).to.deep.equal([
      '2:7 a[0] A is not set | try: export A=...      (looked in: environment)',
      '3:11 a[1].b B is not set | give B',
      '4:5 c config.gone is not set | caducus config show lists the keys',
    ]);
  });

  it('never inject structure, and are none in keys', () => {
    expect(filled('a: "${X}"', { X: '{b: [1]}\nc: 2' }).data).to.deep.equal({ a: '{b: [1]}\nc: 2' });
    expect(filled('"${X}": 1', { X: 'x' }).data).to.deep.equal({ '${X}': 1 });
  });

  it('in braces without quotes are text, and a map of maps stays one', () => {
    expect(filled('a: {{ X|d }}').data).to.deep.equal({ a: 'd' });
    expect(filled('a: { b: { c: 1 } }').data).to.deep.equal({ a: { b: { c: 1 } } });
  });
});
