import { expect } from 'chai';
import { SetBack, workAgain } from '../../../src/engine/roles/setBack.ts';

describe('a piece of work whose machine is set back', () => {
  it('is done anew as often as that, and no more', async () => {
    let times = 0;
    await workAgain(async () => {
      times += 1;
      if (times < 4) throw new SetBack('at a record');
    });
    expect(times).to.equal(4);
  });

  it('ends with what else it fails at', async () => {
    const error = await workAgain(async () => Promise.reject(new Error('else'))).catch((thrown: unknown) => thrown);
    expect(error).to.have.property('message', 'else');
  });
});
