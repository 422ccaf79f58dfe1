import { expect } from 'chai';
import { byAge, logicalPath } from '../../../src/sources/file/rotation.ts';

describe('rotation', () => {
  const names: Record<string, string> = {
    '/var/log/app.log': '/var/log/app.log',
    '/var/log/app.log.1': '/var/log/app.log',
    '/var/log/app.log.12.gz': '/var/log/app.log',
    'app.log-20240501': 'app.log',
    'app.log-20240501.gz': 'app.log',
    'app.log-20240501-1714521600': 'app.log',
    'app.2024-05-01': 'app',
    'messages.old': 'messages',
    'hdfs_20000.ndjson': 'hdfs_20000.ndjson',
    'HDFS_2k.log_structured.csv': 'HDFS_2k.log_structured.csv',
    '.1': '.1',
    'a.1/b': 'a.1/b',
  };
  for (const [path, logical] of Object.entries(names)) {
    it(`${path} is ${logical}`, () => {
      expect(logicalPath(path)).to.equal(logical);
    });
  }

  it('orders one log oldest first, and logs by name', () => {
    const sorted = ['b.log', 'a.log', 'a.log.1', 'a.log.10', 'a.log.2.gz', 'c-20240502', 'c-20240501.gz', 'c'].toSorted(byAge);
    expect(sorted).to.deep.equal(['a.log.10', 'a.log.2.gz', 'a.log.1', 'a.log', 'b.log', 'c-20240501.gz', 'c-20240502', 'c']);
  });
});
