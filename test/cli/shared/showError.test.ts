import { expect } from 'chai';
import { showError } from '../../../src/cli/shared/showError.ts';
import { CaducusError, CaducusErrors } from '../../../src/errors.ts';
import { MachineFailure } from '../../../src/kernel/machineFailure.ts';

const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', path: '/data/x' });
const shown = (error: unknown) => showError(error, { color: false });

describe('what is shown of an error', () => {
  it('of the disk is the place and what to do, with 74', () => {
    expect(shown(full)).to.deep.equal({
      text: 'error CAD011  /data/x: no space is left on the disk (ENOSPC)\n  Check permissions, free space and that the path is a file, not a folder.\n',
      exit: 74,
    });
  });

  it('is that of the disk too where it came through an operator', () => {
    const failure = new MachineFailure('memory', null, full);
    expect(shown(new CaducusError('CAD001', { path: 'memory' }, failure.message, { cause: failure }))).to.include({ exit: 74 });
    expect(shown(failure).text).to.contain('CAD011  /data/x');
  });

  it('stays what it is where somebody named it', () => {
    const named = new CaducusError('CAD072', {}, 'the journal cannot be written', { cause: full });
    expect(shown(named).text).to.contain('CAD072');
    expect(shown(new CaducusErrors([named])).exit).to.equal(74);
  });

  it('that nobody expected is a line, a code and no trace', () => {
    const { text, exit } = shown(new TypeError('x is not a function'));
    expect(exit).to.equal(70);
    expect(text).to.equal('error CAD001  x is not a function\n  This is a bug in caducus. Please report it with the command you ran.\n');
  });

  it('has its trace where that is asked for', () => {
    expect(showError(new TypeError('x'), { color: false, stack: true }).text).to.contain('showError.test.ts');
  });
});
