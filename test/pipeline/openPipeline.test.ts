import { expect } from 'chai';
import type { CaducusErrors } from '../../src/errors.ts';
import { openPipeline } from '../../src/pipeline/openPipeline.ts';

const refusals = (text: string): string[] => {
  try {
    openPipeline('p.yaml', text);
  } catch (error) {
    return (error as CaducusErrors).errors.map(({ code, what, hint }) => `${code} ${what}: ${hint}`);
  }
  return [];
};
const notOne = (why: string) => [`CAD015 this is no pipeline file: ${why}: caducus init LOG > radar.yaml writes one for a log.`];
const asLog = 'If it is a log: caducus radar p.yaml, or caducus init p.yaml > radar.yaml';

describe('a pipeline file that is opened', () => {
  for (const [what, text] of [
    ['services of containers', 'version: "3"\nservices:\n  web: { image: nginx }\n'],
    ['a manifest', 'apiVersion: v1\nkind: Pod\nspec: {}\n'],
    ['rules of alerts', 'groups:\n- name: x\n  rules: []\n'],
    ['JSON', '{"a": 1}'],
  ])
    it(`is told from ${what} by one error`, () => {
      expect(refusals(text!)).to.deep.equal(notOne('it has no name, sources, operators, sinks'));
    });

  for (const text of ['just words\n', 'failed to write 0\nserved 1\n', '- a\n- b\n'])
    it(`is told from ${JSON.stringify(text)}, which may be a log`, () => {
      expect(refusals(text)).to.deep.equal([`CAD015 this is no pipeline file: it has no name, sources, operators, sinks: ${asLog}`]);
    });

  for (const text of ['', ' \n', '\n\n'])
    it(`that is ${JSON.stringify(text)} is empty`, () => expect(refusals(text)).to.deep.equal(notOne('it is empty')));

  it('is told from a log, which is no YAML, with what reads one', () => {
    const [only, ...more] = refusals('2026-03-14T02:00:00Z INFO a: b\n2026-03-14T02:00:00Z INFO a: b\n');
    expect(only)
      .to.match(/^CAD012 this is no pipeline file: .*Map keys must be unique/)
      .and.to.contain(asLog);
    expect(more).to.deep.equal([]);
    expect(refusals('[sources.in]\ntype = "stdin"\n')[0]).to.contain('this is no pipeline file');
  });

  for (const text of ['name: x\n', 'source: {}\n', '"sinks": {}\n', 'description: x\noperator: []\n'])
    it(`is taken for one with ${JSON.stringify(text)}, however little that is`, () => expect(refusals(text)).to.deep.equal([]));

  it('whose YAML is broken is told where, and that spaces indent', () => {
    expect(refusals('name: [')[0]).to.match(/^CAD012 (?!this is no)/);
    expect(refusals('name: x\nsources:\n\tlog: {}\n')).to.deep.equal([
      'CAD012 Tabs are not allowed as indentation: YAML is indented with spaces: put two in place of each tab.',
    ]);
  });
});
