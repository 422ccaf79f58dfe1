import { expect } from 'chai';
import type { Guessed } from '../../src/guesses/guesser.ts';
import { picosPerUnit, writePico } from '../../src/safeguards/budget/money.ts';
import { ask, asking } from './support/asking.ts';

describe('the budget of guesses', () => {
  const at = asking();
  const dear = { price: { input: '1000', output: '1000' }, maxTokens: 100 };
  const within = (limit: string) => at.open({ ...dear, budget: { limit, currency: 'USD' } });

  it('books the most that a question can cost before it leaves, and then what it did cost', async () => {
    const guesser = within('10');
    const { cost } = guesser.prepare(ask('e'));
    const seen: string[] = [];
    at.server.say = () => {
      seen.push(guesser.findLeft());
      return { summary: 'x' };
    };
    await guesser.ask(ask('e'));
    expect(seen).to.deep.equal([writePico(10n * picosPerUnit - cost)]);
    // 120 tokens at 1,000 USD a million.
    expect(guesser.findLeft()).to.equal('9.88');
  });

  it('stops at the cent: what could pass the limit is not asked', async () => {
    at.server.usage = undefined;
    const { cost } = within('1').prepare(ask('f0'));
    const guesser = within(writePico(3n * cost));
    const answers: Guessed[] = [];
    for (let n = 0; n < 6; n += 1) answers.push(await guesser.ask(ask(`f${n}`)));
    expect(answers.map(({ ok }) => ok)).to.deep.equal([true, true, true, false, false, false]);
    expect(at.server.chats).to.have.length(3);
    expect(guesser.findLeft()).to.equal('0');
    expect(answers[3])
      .to.deep.include({ sent: false })
      .and.have.property('why')
      .that.matches(/^the budget has no room for it: 0 USD are left/);
  });

  it('has no room for a question that could cost a pico more than is left', async () => {
    const { cost } = within('1').prepare(ask('g'));
    expect((await within(writePico(cost - 1n)).ask(ask('g'))).ok).to.equal(false);
    expect(at.server.chats).to.have.length(0);
    expect((await within(writePico(cost)).ask(ask('g'))).ok).to.equal(true);
  });

  it('takes no more than was booked, whatever the endpoint says it used', async () => {
    at.server.usage = { prompt_tokens: 999_999_999, completion_tokens: 5 };
    const guesser = within('10');
    const { cost } = guesser.prepare(ask('h'));
    await guesser.ask(ask('h'));
    expect(guesser.findLeft()).to.equal(writePico(10n * picosPerUnit - cost));
  });
});
