import { expect } from 'chai';
import { clearedFirst } from '../../../src/cli/shared/clearedFirst.ts';

describe('a screen that is cleared first', () => {
  it('takes away what is shown before it writes, and is as wide as it was', async () => {
    const done: string[] = [];
    const screen = { isTTY: true, columns: 80, write: async (text: string) => done.push(text) > 0 };
    const cleared = clearedFirst(screen, async () => void done.push('cleared'));
    await cleared.write('text');
    screen.columns = 120;
    expect([done, cleared.isTTY, cleared.columns]).to.deep.equal([['cleared', 'text'], true, 120]);
  });
});
