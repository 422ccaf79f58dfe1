import { expect } from 'chai';
import { ledgerChanges, ledgerFields, ledgerOptions } from '../../../src/safeguards/budget/options.ts';

const problem = (options: object): string =>
  ledgerOptions.safeParse({ limit: 1, currency: 'USD', ...options }).error?.issues[0]?.message ?? 'none';

describe('the options of a budget', () => {
  it('have a limit above 0, exact as it was written', () => {
    expect(ledgerOptions.parse({ limit: '0.10', currency: 'USD' }).limit).to.equal('0.1');
    expect(['0', '-1', 'much'].map((limit) => problem({ limit }))).to.deep.equal([
      'expected an amount above 0',
      'expected an amount above 0',
      problem({ limit: 'much' }),
    ]);
    expect(problem({ limit: 'much' })).to.not.equal('none');
  });

  const refused: [options: object, message: string][] = [
    [{ period: 'month', rolling: '1d' }, 'give period or rolling, not both'],
    [{ rolling: '30s' }, 'expected at least 1m'],
    [{ timeZone: 'Nowhere/Town' }, 'expected an IANA time zone such as Europe/Berlin'],
    [{ burn: [{ name: 'x', fraction: 0.1, long: '1h', short: '1h' }] }, 'short must be below long'],
    [{ burn: [{ name: 'x', fraction: 0.1, long: '1h', short: '0s' }] }, 'expected at least 1s'],
  ];
  for (const [options, message] of refused) it(`are refused: ${JSON.stringify(options)}`, () => expect(problem(options)).to.equal(message));

  it('each say what a change of theirs means', () => expect(Object.keys(ledgerChanges)).to.have.members(Object.keys(ledgerFields)));
});
