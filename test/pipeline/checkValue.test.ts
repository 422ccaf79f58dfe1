import { expect } from 'chai';
import { z } from 'zod';
import { checkValue } from '../../src/pipeline/checkValue.ts';
import { YamlDocument } from '../../src/pipeline/yamlDocument.ts';

const schema = z.strictObject({
  maxGroups: z.number().describe('How many.'),
  mode: z.union([z.string(), z.strictObject({ everyMs: z.number() })]).default('x'),
});

function problems(text: string): string[] {
  const yaml = new YamlDocument('p.yaml', text);
  const checked = checkValue(schema, yaml.toData(), { yaml, path: [] });
  return 'errors' in checked
    ? checked.errors.map(({ code, what, hint, where }) => `${code} ${where.line}:${where.column} ${what} | ${hint}`)
    : [];
}

describe('a value of a file', () => {
  it('is read by its names in the file', () => {
    const yaml = new YamlDocument('p.yaml', 'max_groups: 3\nmode: { every_ms: 5 }');
    expect(checkValue(schema, yaml.toData(), { yaml, path: [] })).to.deep.equal({ value: { maxGroups: 3, mode: { everyMs: 5 } } });
  });

  it('that is missing, unknown or of another kind is told with place and meaning, all at once', () => {
    expect(problems('max_group: 3')).to.deep.equal([
      'CAD015 1:1 "max_groups" is missing | max_groups: How many.',
      'CAD014 1:1 unknown key "max_group" | did you mean "max_groups"?',
    ]);
    const [wrong] = problems('max_groups: many');
    expect(wrong).to.match(/^CAD013 1:13 expected a number, got text \| max_groups: How many\.$/);
    expect(problems('max_groups: 1\nzzz: 2')[0]).to.equal('CAD014 2:1 unknown key "zzz" | known here: max_groups, mode');
  });

  it('of several forms is judged by the one that it comes nearest to', () => {
    expect(problems('max_groups: 1\nmode: { every_ms: soon }')[0]).to.match(/^CAD013 2:19 /);
    expect(problems('max_groups: 1\nmode: { every: 1 }').join()).to.include('"every_ms" is missing');
    expect(problems('max_groups: 1\nmode: [1]')[0]).to.match(/^CAD013 2:7 /);
  });
});
