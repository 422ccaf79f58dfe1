import { expect } from 'chai';
import { CaducusError, CaducusErrors, catalogue } from '../src/errors.ts';

describe('an error', () => {
  it('says where, which and what, and how to go on', () => {
    const error = new CaducusError('CAD014', { file: 'p.yaml', line: 3, column: 5, path: 'operators[0]' }, 'unknown key "x"');
    expect(error.message).to.equal('p.yaml:3:5  error CAD014 operators[0]: unknown key "x"');
    expect([error.hint, error.exit]).to.deep.equal([catalogue.CAD014.hint, 78]);
    expect(new CaducusError('CAD014', {}, 'x', { hint: 'mend it' }).hint).to.equal('mend it');
  });

  it('names as much of its place as is known', () => {
    const place = (where: object) => new CaducusError('CAD001', where, 'x').message;
    expect([place({}), place({ file: 'a' }), place({ file: 'a', line: 2 }), place({ line: 2 })]).to.deep.equal([
      'error CAD001 x',
      'a  error CAD001 x',
      'a:2  error CAD001 x',
      'error CAD001 x',
    ]);
  });

  it('is known by its name, whichever copy of the class made it', () => {
    expect(Object.assign(new Error('x'), { name: 'CaducusError' }) instanceof CaducusError).to.equal(true);
    expect(new Error('x') instanceof CaducusError).to.equal(false);
    expect({ name: 'CaducusError' } instanceof CaducusError).to.equal(false);
  });

  it('among several gives them its exit code as the first of them', () => {
    const errors = [new CaducusError('CAD010', {}, 'a'), new CaducusError('CAD013', {}, 'b')];
    const several = new CaducusErrors(errors);
    expect([several.exit, several.message.split('\n').length, several instanceof CaducusErrors]).to.deep.equal([74, 2, true]);
    expect(new CaducusErrors([]).exit).to.equal(70);
  });

  it('has a hint that is a sentence, for every code', () => {
    for (const [code, { hint, exit }] of Object.entries(catalogue)) {
      expect(hint, code).to.match(/[.)]$/);
      expect(exit, code).to.be.within(1, 78);
    }
  });
});
