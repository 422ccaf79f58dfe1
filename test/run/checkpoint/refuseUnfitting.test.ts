import { expect } from 'chai';
import type { CaducusError } from '../../../src/errors.ts';
import type { Refusal } from '../../../src/run/checkpoint/fitSnapshot.ts';
import { refuseUnfitting } from '../../../src/run/checkpoint/refuseUnfitting.ts';

function refuse(...refused: Refusal[]): CaducusError | null {
  try {
    refuseUnfitting({ file: 'radar.yaml', name: 'shop' }, refused);
    return null;
  } catch (error) {
    return error as CaducusError;
  }
}

describe('a state that may not be gone on from', () => {
  const keys: Refusal = { what: 'operator group has another key', way: 'accept', operator: 'group' };
  const older: Refusal = { what: 'the state of memory is of a later release', way: 'remove', operator: 'memory' };

  it('is none where nothing is refused', () => {
    expect(refuse()).to.equal(null);
  });

  it('is refused with what was changed, in the file, and what accepts it', () => {
    const error = refuse(keys, { ...keys, what: 'operator sum has another zone', operator: 'sum' })!;
    expect(error).to.include({
      code: 'CAD042',
      hint: 'Undo the change, or run with --accept-changes: group, sum and what is behind start anew.',
    });
    expect(error.message).to.contain('radar.yaml').and.to.contain('operator group has another key; operator sum has another zone');
  });

  it('is refused with the command that drops what cannot be read', () => {
    expect(refuse(older)!.hint).to.equal('Undo the change, or start anew what cannot be read: caducus state rm shop --operator memory.');
  });

  it('is refused with both where both are so', () => {
    expect(refuse(keys, older)!.hint)
      .to.contain('--accept-changes: group')
      .and.to.contain(', and start anew what cannot be read: caducus state rm');
  });
});
