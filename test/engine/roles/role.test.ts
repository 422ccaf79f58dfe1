import { expect } from 'chai';
import { refuseLoss } from '../../../src/engine/roles/role.ts';

describe('a piece of work', () => {
  it('is refused where the engine has lost what it had acknowledged', () => {
    expect(() => refuseLoss('arrivals', 7, 9))
      .to.throw('8 to 9')
      .with.property('code', 'CAD042');
    refuseLoss('arrivals', 9, 9);
    refuseLoss('arrivals', 10, 9);
  });
});
