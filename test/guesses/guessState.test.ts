import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CaducusError } from '../../src/errors.ts';
import { guessFolder } from '../../src/guesses/guessState.ts';
import { picosPerUnit, writePico } from '../../src/safeguards/budget/money.ts';
import { answerAll } from '../support/servers/chatServer.ts';
import { ask, asking } from './support/asking.ts';

describe('what is remembered between questions', () => {
  const at = asking();
  const dear = { price: { input: '1000', output: '1000' }, maxTokens: 100 };
  const within = (limit: string) => at.open({ ...dear, budget: { limit, currency: 'USD' } });

  it('books in full what broke off with the process that asked, and nothing that was refused', async () => {
    const guesser = within('10');
    const { cost } = guesser.prepare(ask('i'));
    at.server.faults.push({ status: 500 });
    await guesser.ask(ask('i'));
    expect(guesser.findLeft()).to.equal('10');
    // What stands on disk while it is asked is what a crash leaves.
    let left: Buffer | null = null;
    const file = join(guessFolder(at.dataDir), 'state.json');
    at.server.say = (chat) => {
      left = readFileSync(file);
      return answerAll(chat);
    };
    await guesser.ask(ask('i'));
    writeFileSync(file, left!);
    const after = within('10');
    expect(after.findLeft()).to.equal(writePico(10n * picosPerUnit - cost));
    await after.ask(ask('j'));
    expect(after.findLeft()).to.equal(writePico(10n * picosPerUnit - cost - 120n * (picosPerUnit / 1000n)));
  });

  it('is a new one in another currency', async () => {
    await within('10').ask(ask('k'));
    expect(at.open().findLeft()).to.equal('200000');
  });
  it('does not begin anew over a state that is damaged: spent money would be forgotten', async () => {
    await at.open().ask(ask('s'));
    writeFileSync(join(guessFolder(at.dataDir), 'state.json'), '{"ledger":');
    const error = await at
      .open()
      .ask(ask('s'))
      .catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(CaducusError).with.property('code', 'CAD011');
    expect(existsSync(join(guessFolder(at.dataDir), 'lock'))).to.equal(false);
  });
});
