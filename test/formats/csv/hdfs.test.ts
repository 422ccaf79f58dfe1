import { expect } from 'chai';
import { drafts, isoTimes, parseAll, refusals, texts } from '../parse.ts';

describe('hdfs', () => {
  const columns = 'date,time,level,component,pid,content,block_id,anomaly';

  it('reads the columns of the demo', () => {
    const [draft] = drafts(parseAll('hdfs', `${columns}\n081109,203615,INFO,dfs.DataNode$PacketResponder,148,"Received, done",blk_1,0\n`));
    expect(draft).to.include({
      text: 'Received, done',
      source: 'hdfs-demo',
      logicalId: 'dfs.DataNode$PacketResponder',
      time: Date.UTC(2008, 10, 9, 20, 36, 15),
    });
    expect(draft!.metadata).to.deep.equal({
      level: 'INFO',
      component: 'dfs.DataNode$PacketResponder',
      pid: '148',
      block_id: 'blk_1',
      anomaly: '0',
    });
  });

  it('takes the source from its column', () => {
    const [draft] = drafts(parseAll('hdfs', `${columns},source\n081109,203615,INFO,KERNEL,1,x,,0,bgl-demo\n`));
    expect(draft!.source).to.equal('bgl-demo');
  });

  it('puts back leading zeros that a spreadsheet dropped', () => {
    expect(isoTimes(parseAll('hdfs', `${columns}\n81109,915,INFO,A,1,x,,0\n`))).to.deep.equal(['2008-11-09T00:09:15.000Z']);
  });

  it('rejects a date that is none, and goes on', () => {
    const items = parseAll(
      'hdfs',
      `${columns}\n081399,203615,INFO,A,1,x,,0\n081109,993615,INFO,A,1,x,,0\nsoon,203615,INFO,A,1,x,,0\n081109,203615,INFO,A,1,y,,0\n`,
    );
    expect(refusals(items).map(({ reason }) => reason)).to.deep.equal([
      'date "081399" with time "203615" is none (YYMMDD and HHMMSS)',
      'date "081109" with time "993615" is none (YYMMDD and HHMMSS)',
      'date "soon" with time "203615" is none (YYMMDD and HHMMSS)',
    ]);
    expect(texts(items)).to.deep.equal(['y']);
  });

  it('names the columns a header lacks', () => {
    const [refusal] = refusals(parseAll('hdfs', 'date,time,message\n081109,203615,x\n'));
    expect(refusal!.reason).to.equal('the header has no column component, content');
  });
});
