import { expect } from 'chai';
import type { Files } from '../../src/io.ts';
import type { TopicRecord } from '../../src/memory/topics/topicRecord.ts';
import {
  forgetRecall,
  readRecall,
  readTemplates,
  readTopics,
  recalls,
  writeRecall,
  writeTemplates,
  type Recall,
} from '../../src/store/recall.ts';
import { memoryFiles } from '../support/memoryFiles.ts';

const recall = (name: string): Recall => ({ version: 1, name, inputs: [], by: 'group_id', as_of: null, radar: null, findings: [] });
const topic = (id: string) => ({ topic_id: id, group_id: 'g' }) as TopicRecord;
const head = '/d/state/orders/recall/recall.json';
const topics = '/d/state/orders/recall/topics.ndjson';

describe('what is known of a run', () => {
  it('is read as it was written', () => {
    const files = memoryFiles();
    writeRecall(files, '/d', recall('orders'), [topic('a'), topic('b')]);
    expect(readRecall(files, '/d', 'orders')).to.deep.include(recall('orders'));
    expect(readTopics(files, '/d', 'orders').map((one) => one.topic_id)).to.deep.equal(['a', 'b']);
  });

  it('is nothing before it was written', () => {
    const files = memoryFiles();
    expect(readRecall(files, '/d', 'orders')).to.equal(null);
    expect(readTopics(files, '/d', 'orders')).to.deep.equal([]);
    expect(readTemplates(files, '/d', 'orders', 'g')).to.equal(null);
  });

  for (const [what, text] of [
    ['torn', '{"version":1,'],
    ['no object', '[]'],
    ['of another version', JSON.stringify({ ...recall('orders'), version: 2 })],
    ['of another run', JSON.stringify(recall('payments'))],
  ] as const) {
    it(`is nothing when its head is ${what}`, () => {
      const files = memoryFiles();
      files.writeSync(head, text);
      expect(readRecall(files, '/d', 'orders')).to.equal(null);
    });
  }

  it('has the topics whose lines can be read', () => {
    const files = memoryFiles();
    writeRecall(files, '/d', recall('orders'), [topic('a')]);
    files.writeSync(topics, `{"topic_id":"x"}\n{"torn\n\n${files.readSync(topics)}`);
    expect(readTopics(files, '/d', 'orders').map((one) => one.topic_id)).to.deep.equal(['a']);
  });

  it('has the templates of each group, whatever its name', () => {
    const files = memoryFiles();
    for (const group of ['a/b', 'a b', '../c']) writeTemplates(files, '/d', { name: 'orders', group, index: { of: group } });
    for (const group of ['a/b', 'a b', '../c']) expect(readTemplates(files, '/d', 'orders', group)).to.deep.equal({ of: group });
    expect(Object.keys(files.texts()).every((path) => path.startsWith('/d/state/orders/recall/templates/'))).to.equal(true);
  });

  it('is forgotten as a whole, and nothing else of the state with it', async () => {
    const files = memoryFiles();
    writeRecall(files, '/d', recall('orders'), [topic('a')]);
    writeTemplates(files, '/d', { name: 'orders', group: 'g', index: 1 });
    files.writeSync('/d/state/orders/failures.json', '[]');
    await forgetRecall(files, '/d/state/orders');
    expect(Object.keys(files.texts())).to.deep.equal(['/d/state/orders/failures.json']);
  });

  it('is found by name, the last written first', async () => {
    const files = memoryFiles();
    const written: Record<string, number> = { orders: 10, payments: 30, stock: 30 };
    for (const name of Object.keys(written)) writeRecall(files, '/d', recall(name), []);
    files.writeSync('/d/state/fresh/failures.json', '[]');
    files.writeSync('/d/state/note', 'x');
    const stat: Files['stat'] = async (path) => {
      const found = await files.stat(path);
      return found && Object.assign(found, { mtimeMs: written[path.split('/')[3]!] ?? 0 });
    };
    expect(await recalls({ ...files, stat }, '/d')).to.deep.equal(['payments', 'stock', 'orders']);
  });
});
