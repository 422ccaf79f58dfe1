import { expect } from 'chai';
import { groupingScores } from '../../../bench/support/groupingScores.ts';
import { imitate, imitated } from '../../../bench/support/imitations.ts';
import { seeded } from '../../../bench/support/seeded.ts';
import { TemplateIndex } from '../../../src/memory/templates/templateIndex.ts';
import { makePattern } from '../../../src/memory/topics/label.ts';

const learn = (lines: readonly string[]): { index: TemplateIndex; emitted: string[] } => {
  const index = new TemplateIndex({ group: 'g' });
  return { index, emitted: lines.map((line, i) => index.learn(line, i, `e${i}`)!.id) };
};
const patterns = (lines: readonly string[]): string[] => Array.from(learn(lines).index.all(), makePattern);

/** Words that mean nothing, each once. */
const fresh = (seed: number) => {
  const draw = seeded(seed);
  return () => Array.from({ length: 4 + Math.floor(draw() * 5) }, () => String.fromCharCode(97 + Math.floor(draw() * 26))).join('');
};
const many = (line: (word: () => string, i: number) => string, n = 200): string[] => {
  const word = fresh(7);
  return Array.from({ length: n }, (_, i) => line(word, i));
};

describe('free words between constants', () => {
  const shapes: [string, (word: () => string, i: number) => string][] = [
    ['in two places', (word) => `user ${word()} opened file ${word()} for writing`],
    ['in three places', (word) => `user ${word()} opened file ${word()} in project ${word()} for writing`],
    ['side by side', (word) => `customer ${word()} ${word()} opened a ticket`],
    ['as many as there happen to be', (word, i) => `mail was rejected: ${Array.from({ length: 1 + (i % 5) }, word).join(' ')}`],
    ['in a list that may be empty', (word, i) => `tags [${Array.from({ length: i % 4 }, word).join(', ')}] were removed by the sweeper`],
    ['in a statement of SQL', (word) => `slow query: select ${word()}, ${word()} from ${word()} where ${word()} = '${word()}'`],
    ['as keys and values of a map', (word, i) => `params={${Array.from({ length: i % 3 }, () => `${word()}=${i}`).join(', ')}} accepted`],
  ];
  for (const [name, line] of shapes)
    it(`are one pattern ${name}, those that came before the evidence included`, () => {
      const { index, emitted } = learn(many(line));
      expect(Array.from(index.all(), makePattern)).to.have.length(1);
      expect(new Set(emitted.slice(-100)).size).to.equal(1);
    });

  it('fold what has a word in common with another statement into the pattern it is of', () => {
    const lines = many((word, i) =>
      i % 9 === 4 ? `sweeper ${word()} took ticket` : `user ${i % 9 === 5 ? 'sweeper' : word()} opened file ${word()} for writing`,
    );
    expect(patterns(lines)).to.have.length(2);
  });

  it('are none in a dozen statements that begin alike', () => {
    const ends =
      'socket,header twice,plugin list,port range,peer name,journal file,lease of node,volume,schema cache,backup,proxy table,token';
    expect(patterns(ends.split(',').map((end) => `Failed to prepare ${end}`))).to.have.length(12);
  });

  it('take no longer line in before lines of that length have shown that they belong', () => {
    const lines = many((word) => `closing ${word()} for good`, 20);
    expect(patterns([...lines, 'closing connection pool of tenant for good'])).to.have.length(2);
  });

  it('survive a restart in the midst of the evidence, bit for bit', () => {
    const lines = many(
      (word, i) => (i % 3 ? `user ${word()} opened file ${word()} for writing` : `tags ${word()} ${word()} were removed`),
      90,
    );
    const straight = learn(lines).index;
    let index = new TemplateIndex({ group: 'g' });
    lines.forEach((line, i) => {
      index.learn(line, i, `e${i}`);
      if (i % 7 !== 0) return;
      const saved = JSON.parse(JSON.stringify(index.save())) as ReturnType<TemplateIndex['save']>;
      index = new TemplateIndex({ group: 'g' });
      index.load(saved);
    });
    expect(index.save()).to.deep.equal(straight.save());
  });
});

describe('values of many spellings in one place', () => {
  it('take the name of a constant with its number for a value where values stand', () => {
    expect(patterns(['synchronized to 10.0.0.1, stratum 3', 'synchronized to LOCAL(0), stratum 10'])).to.have.length(1);
    expect(patterns(['begin(1) ok', 'open(2) ok', 'close(3) ok'])).to.have.length(3);
  });

  it('take an offset in code for a value, however short', () => {
    expect(patterns(['EIP is at schedule+0xa', 'EIP is at do_page_fault+0x12f', 'EIP is at sys_read+0x1'])).to.have.length(1);
  });

  it('take an empty text, list or map for a value, and brackets of a call or a type for none', () => {
    expect(patterns(['extras=[] done', 'extras=[7] done', 'extras={} done', 'extras="" done'])).to.have.length(1);
    expect(patterns(['main() returned', 'byte[] returned'])).to.have.length(2);
  });
});

describe('grouping of lines in the style of systems of many kinds', () => {
  // What stays wrong: a trace with and without its module, a place that holds nothing at all.
  const least: Record<string, number> = { crm: 0.99, kernel: 0.73, phone: 0.95, batch: 0.99, database: 0.99, boot: 0.99 };
  for (const system of imitated)
    it(`finds the statements of ${system}`, () => {
      const lines = imitate(system, 1500, 11);
      const { index, emitted } = learn(lines.map(({ text }) => text));
      const truth = lines.map(({ statement }) => statement);
      expect(
        groupingScores(
          truth,
          emitted.map((id) => index.get(id)!.id),
        ).GA,
      ).to.be.at.least(least[system]!);
    });
});
