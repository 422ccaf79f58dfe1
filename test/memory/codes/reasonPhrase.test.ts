import { expect } from 'chai';
import { reasonFollows } from '../../../src/memory/codes/reasonPhrase.ts';

const follows = (text: string, end = text.length) => reasonFollows(new TextEncoder().encode(text.padEnd(text.length + 8)), 0, end);

describe('a status and the phrase behind it', () => {
  it('agree by the first word of the phrase', () => {
    for (const text of ['500 Internal Server Error', '404 Not Found', '200 OK', '429 Too Many', '200 OK, done', '502 BAD_GATEWAY'])
      expect(follows(text), text).to.equal(true);
  });

  it('do not where the word is another, goes on, or belongs to another number', () => {
    for (const text of ['500 internal', '500 Internally', '404 NOTE', '404 Internal', '200OK', '418 I am', '299 OK', '200  OK'])
      expect(follows(text), text).to.equal(false);
  });

  it('do not where the line ends before the word does', () => {
    expect(follows('200 OK', 6)).to.equal(true);
    expect(follows('200 OK', 5)).to.equal(false);
  });
});
