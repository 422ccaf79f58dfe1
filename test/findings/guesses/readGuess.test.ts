import { expect } from 'chai';
import fc from 'fast-check';
import { readGuess } from '../../../src/findings/guesses/readGuess.ts';
import { guess as kept, guessParts } from '../../../src/results/guess.ts';

const ids = ['aaaa', 'bbbb'];
const read = (answer: unknown, ask: readonly (typeof guessParts)[number][] = guessParts) =>
  readGuess(typeof answer === 'string' ? answer : JSON.stringify(answer), { ask, ids });

describe('readGuess', () => {
  it('takes a summary, causes and labels, with the patterns by their ids', () => {
    const answer = {
      summary: 'A disk fails.',
      causes: [{ text: 'worn out', patterns: ['p2', 'p9', 'p2'] }],
      labels: [
        { name: 'p1', text: 'slow writes' },
        { name: 'p3', text: 'nobody asked' },
      ],
    };
    expect(read(answer)).to.deep.equal({
      summary: 'A disk fails.',
      causes: [{ text: 'worn out', patterns: ['bbbb'] }],
      labels: [{ id: 'aaaa', text: 'slow writes' }],
    });
  });

  it('finds the object in a fence, behind thoughts and between words', () => {
    const inner = '{"summary":"A disk fails."}';
    for (const text of [`\`\`\`json\n${inner}\n\`\`\``, `<think>{"summary":"no"}</think>${inner}`, `Sure! ${inner} Anything else?`])
      expect(read(text)).to.deep.equal({ summary: 'A disk fails.' });
  });

  it('takes only what was asked for', () => {
    expect(read({ summary: 'x', labels: [{ name: 'p1', text: 'y' }], ack: true }, ['labels'])).to.deep.equal({
      labels: [{ id: 'aaaa', text: 'y' }],
    });
  });

  it('cleans what could harm who reads it, and cuts it', () => {
    const evil = '\u001b[31mred\u001b[0m\nFIRING\u202e https://evil.example/x mail bob@example.com 10.0.0.7';
    expect(read({ summary: evil })!.summary).to.equal('[31mred[0m FIRING [link] mail [redacted:email] [redacted:ip]');
    expect(read({ summary: 'word '.repeat(1000) })!.summary).to.have.lengthOf.at.most(400);
    const many = read({ causes: Array.from({ length: 9 }, () => ({ text: 'x'.repeat(999), patterns: Array<string>(99).fill('p1') })) })!;
    expect(many.causes).to.have.length(3);
    expect(many.causes![0]).to.deep.equal({ text: `${'x'.repeat(239)}…`, patterns: ['aaaa'] });
  });

  const nothing: [title: string, answer: unknown][] = [
    ['no JSON', 'I cannot help with that.'],
    ['half of an object', '{"summary":"a'],
    ['a list', '["summary"]'],
    ['other fields', { ack: 'e7c1', state: 'resolved' }],
    ['fields of another kind', { summary: 7, causes: 'x', labels: { p1: 'y' } }],
    ['blank texts', { summary: ' \n', causes: [{ text: '' }], labels: [{ name: 'p1', text: '\u200b' }] }],
    ['a book', JSON.stringify({ summary: 'x'.repeat(70_000) })],
    ['a prototype', '{"__proto__":{"summary":"x"}}'],
  ];
  for (const [title, answer] of nothing) it(`is null of ${title}`, () => void expect(read(answer)).to.equal(null));

  it('makes of any JSON nothing, or what can be kept', () => {
    fc.assert(
      fc.property(
        fc.json({ depthSize: 'medium' }),
        fc.object({ key: fc.constantFrom('summary', 'causes', 'labels', 'text', 'name') }),
        (a, b) => {
          for (const text of [a, JSON.stringify(b)]) {
            const found = read(text);
            expect(found === null || kept.safeParse(found).success).to.equal(true);
          }
        },
      ),
    );
  });
});
