import { expect } from 'chai';
import fc from 'fast-check';
import { jsonProblem, nestsTooDeep } from '../../../src/formats/json/jsonProblem.ts';

describe('what is wrong with JSON', () => {
  const cases: [text: string, problem: string][] = [
    ['', 'broken JSON: it ends too soon, at column 1'],
    ['{"a":1', 'broken JSON: it ends too soon, at column 7'],
    ['[1, ', 'broken JSON: it ends too soon, at column 5'],
    ['{"a" 1}', 'broken JSON at column 6'],
    ['{"a":1,}', 'broken JSON at column 8'],
    ['[1,]', 'broken JSON at column 4'],
    ['[1 2]', 'broken JSON at column 4'],
    ['{1:2}', 'broken JSON at column 2'],
    ['{"a":01}', 'broken JSON at column 7'],
    ['{"a":"\\x"}', 'broken JSON at column 6'],
    ["{'a':1}", 'broken JSON at column 2'],
    ['[1}', 'broken JSON at column 3'],
    ['{} {}', 'broken JSON at column 4'],
  ];
  for (const [text, problem] of cases) it(JSON.stringify(text), () => expect(jsonProblem(text)).to.equal(problem));

  it('is within the text or right behind it, for whatever JSON.parse refuses (property)', () => {
    const text = fc.string({ unit: fc.constantFrom(...'{}[]:,"1a \\t-.e', 'true', 'null'), maxLength: 20 });
    fc.assert(
      fc.property(text, (given) => {
        try {
          JSON.parse(given);
          return;
        } catch {
          const column = Number(/\d+$/.exec(jsonProblem(given))![0]);
          expect(column).to.be.within(1, given.length + 1);
          // The text up to there is the beginning of nothing else that is wrong.
          expect(jsonProblem(given.slice(0, column - 1))).to.match(/ends too soon|^broken JSON at column/);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('JSON that nests', () => {
  const nest = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

  it('is too deep past 200 levels, in lists and in objects', () => {
    expect(nestsTooDeep(nest(201), JSON.parse(nest(201)))).to.equal(false);
    expect(nestsTooDeep(nest(202), JSON.parse(nest(202)))).to.equal(true);
    const objects = `${'{"a":'.repeat(210)}1${'}'.repeat(210)}`;
    expect(nestsTooDeep(objects, JSON.parse(objects))).to.equal(true);
  });
});
