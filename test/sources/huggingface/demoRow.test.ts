import { expect } from 'chai';
import type { JsonObject } from '../../../src/event.ts';
import { demoDatasets, demoLine } from '../../../src/sources/huggingface/demoRow.ts';

const hdfs = demoDatasets.hdfs_v1.read;
const bgl = demoDatasets.bgl.read;

describe('a row of HDFS', () => {
  it('has a time, also where numbers have lost their zeros', () => {
    const at = Date.UTC(2008, 10, 9, 0, 3, 5);
    expect([hdfs({ date: '081109', time: '000305' }).time, hdfs({ date: 81_109, time: 305 }).time]).to.deep.equal([at, at]);
  });

  it('has no time where there are words, and nothing where a column is missing', () => {
    expect(hdfs({ date: 'xx1109', time: '000305', pid: null, level: 7 })).to.deep.include({ time: null, pid: '', level: '7', content: '' });
  });
});

describe('a row of Blue Gene', () => {
  it('has seconds since 1970, a node for a block, and none without a number', () => {
    expect(bgl({ timestamp: 2, node: 'R02' })).to.deep.include({ time: 2000, block_id: 'R02', pid: '' });
    expect([bgl({}).time, bgl({ timestamp: '' }).time, bgl({ timestamp: 'x' }).time, bgl({ timestamp: 0 }).time]).to.deep.equal([
      null,
      null,
      null,
      0,
    ]);
  });

  it('is an anomaly where its label is a category, unless it says so itself', () => {
    const rows: JsonObject[] = [{ label: 'KERNDTLB' }, { label: '-' }, {}, { label: '-', anomaly: 1 }, { label: 'X', anomaly: 0 }];
    expect(rows.map((row) => bgl(row).anomaly)).to.deep.equal(['1', '0', '', '1', '0']);
  });
});

describe('a line of the CSV', () => {
  const row = {
    time: Date.UTC(2008, 11, 31, 23, 59, 59),
    level: 'INFO',
    component: 'a',
    pid: '1',
    content: 'x',
    block_id: 'b',
    anomaly: '0',
  };

  it('is moved in time, over the end of a year', () => {
    expect([demoLine(row, 0), demoLine(row, 1000)]).to.deep.equal(['081231,235959,INFO,a,1,x,b,0\n', '090101,000000,INFO,a,1,x,b,0\n']);
  });

  it('has no time where the row has none, and quotes what would end a cell', () => {
    expect(demoLine({ ...row, time: null, content: 'a "b", c\nd' }, 5)).to.equal(',,INFO,a,1,"a ""b"", c\nd",b,0\n');
  });
});
