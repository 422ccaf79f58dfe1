import { expect } from 'chai';
import { chooseForm } from '../../../src/cli/share/printForms.ts';
import { CaducusError } from '../../../src/errors.ts';

describe('chooseForm', () => {
  it('text unless something else is asked for; --json is --format json', () => {
    expect(chooseForm(undefined, { json: false })).to.equal('text');
    expect(chooseForm(undefined, { json: true })).to.equal('json');
    expect(chooseForm('json', { json: true })).to.equal('json');
    expect(chooseForm('html', { json: false })).to.equal('html');
  });

  it('two things at once are refused', () => {
    expect(() => chooseForm('html', { json: true })).to.throw(CaducusError, 'html and --json cannot both be printed');
  });
});
