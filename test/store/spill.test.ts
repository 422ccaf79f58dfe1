import { expect } from 'chai';
import { SpillStore } from '../../src/store/spill.ts';
import { memoryFiles } from '../support/memoryFiles.ts';
import { seeded } from '../../bench/support/seeded.ts';

describe('SpillStore', () => {
  it('gives a state back by its number', () => {
    const store = new SpillStore(memoryFiles(), '/s');
    const numbers = ['a', 'b'].map((text) => store.put({ text }));
    expect(numbers.map((number) => store.take(number))).to.deep.equal([{ text: 'a' }, { text: 'b' }]);
  });

  it('lets a file go at once when no checkpoint has begun since it was made', async () => {
    const files = memoryFiles();
    const store = new SpillStore(files, '/s');
    store.take(store.put(1));
    expect(await files.list('/s')).to.deep.equal([]);
  });

  it('keeps it while a checkpoint that began meanwhile is kept', async () => {
    const files = memoryFiles();
    const store = new SpillStore(files, '/s');
    const number = store.put(1);
    const epoch = store.mark();
    store.take(number);
    store.collect(epoch);
    expect(store.take(number)).to.equal(1);
    store.collect(store.mark());
    expect(await files.list('/s')).to.deep.equal([]);
  });

  it('takes up the files of an earlier run, says which are missing, and never uses a number twice', async () => {
    const files = memoryFiles();
    const first = new SpillStore(files, '/s');
    const numbers = [1, 2, 3].map((n) => first.put(n));
    const second = new SpillStore(files, '/s');
    expect(await second.adopt(new Set([numbers[0]!, 99]))).to.deep.equal([99]);
    expect(second.put('new')).to.be.greaterThan(numbers[2]!);
    second.collect(second.mark());
    expect(await files.list('/s')).to.have.length(2);
  });

  it('says that a state is damaged instead of giving another', async () => {
    const files = memoryFiles();
    const store = new SpillStore(files, '/s');
    const number = store.put({ text: 'abc' });
    files.writeSync(`/s/${number}.json`, files.readSync(`/s/${number}.json`)!.replace('abc', 'abd'));
    expect(() => store.take(number))
      .to.throw('CAD042')
      .with.property('exit', 78);
  });

  it('survives a power cut once it was synced', async () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const files = memoryFiles();
      const store = new SpillStore(files, '/s');
      const number = store.put({ seed });
      store.mark();
      await store.sync();
      files.cutPower(seeded(seed));
      expect(store.take(number)).to.deep.equal({ seed });
    }
  });
});
