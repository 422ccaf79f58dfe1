import { expect } from 'chai';
import { CONST, VAR } from '../../../src/memory/scan/shape.ts';
import { VALUE } from '../../../src/memory/scan/scanner.ts';
import { distinctForms, formsAfter, formsOpened, type Form } from '../../../src/memory/templates/forms.ts';
import { WILD } from '../../../src/memory/templates/pieces.ts';

/** A form of words: `*` an open place, `<n>` a value, each word a place of the template. */
const form = (text: string): Form => {
  const words = text.split(' ');
  const places = words.map((_, i) => i);
  return {
    hashes: words.map((word) => (word === '*' || word === '<n>' ? VALUE : word.length)),
    kinds: words.map((word) => (word === '*' ? WILD : word === '<n>' ? VAR : CONST)),
    from: places,
    to: places,
  };
};

describe('the forms of a template', () => {
  it('are each once, those with an open place, eight at most', () => {
    expect(distinctForms([form('a * c'), form('a * c'), form('a b')])).to.deep.equal([form('a * c')]);
    const many = Array.from({ length: 10 }, (_, i) => form(`${'x'.repeat(i + 1)} *`));
    expect(distinctForms(many)).to.have.length(8);
  });

  it('are open where the template is, but not within a run', () => {
    const [opened] = formsOpened([form('ab * cde')], 2);
    expect(opened!.kinds).to.deep.equal([CONST, WILD, WILD]);
    const run = { ...form('ab * cde'), from: [0], to: [2] };
    expect(formsOpened([run], 0)[0]!.kinds).to.deep.equal([CONST, WILD, CONST]);
  });

  it('include the shape that a template gives up where a word of it was taken into a run', () => {
    const shape = { hashes: [2, VALUE, VALUE], kinds: [CONST, WILD, VAR], forms: [] };
    const joined = { hashes: [2, VALUE], from: [0, 1], to: [0, 2] };
    expect(formsAfter(shape, joined)).to.deep.equal([{ hashes: [2, VALUE, VALUE], kinds: [CONST, WILD, VAR], from: [0, 1], to: [0, 2] }]);
    expect(formsAfter({ ...shape, kinds: [CONST, VAR, VAR] }, joined)).to.deep.equal([]);
    const before = { ...form('ab * <n>') };
    expect(formsAfter({ ...shape, kinds: [CONST, VAR, VAR], forms: [before] }, joined)[0]).to.deep.include({ from: [0, 1], to: [0, 2] });
  });
});
