import { expect } from 'chai';
import { MessageReader } from '../../../src/sources/syslog/messageReader.ts';

const now = Date.UTC(2026, 2, 14, 3, 10);
const read = (text: string, reader = new MessageReader(), at = now) => {
  const [item] = reader.read({ kind: 'message', bytes: Buffer.from(text) }, at, '10.0.0.7');
  if (item?.kind !== 'draft') throw new Error('no record');
  const { time, logicalId, metadata } = item;
  return { time: new Date(time).toISOString(), group: logicalId, level: metadata['level'], host: metadata['host'], text: item.text };
};

describe('a message of syslog', () => {
  it('says its time, program, host and level (RFC 5424)', () => {
    expect(read('<34>1 2026-03-14T03:09:15.003Z db1 postgres 42 ID47 - lock timeout')).to.deep.equal({
      time: '2026-03-14T03:09:15.003Z',
      group: 'postgres',
      level: 'crit',
      host: 'db1',
      text: 'lock timeout',
    });
  });

  it('says them without a year (RFC 3164)', () => {
    const { time, group, host, text } = read('<11>Mar 14 03:09:15 web1 sshd[42]: Failed password');
    expect({ time, group, host, text }).to.deep.equal({
      time: '2026-03-14T03:09:15.000Z',
      group: 'sshd',
      host: 'web1',
      text: 'Failed password',
    });
  });

  it('is of its arrival and its sender where it names no time and no host', () => {
    const reader = new MessageReader();
    read('<11>first', reader);
    expect(read('<11>just text', reader, now + 90_000)).to.deep.include({
      time: '2026-03-14T03:11:30.000Z',
      host: '10.0.0.7',
      text: 'just text',
    });
  });

  it('is of this year on New Year, from a sender that was up all night', () => {
    const reader = new MessageReader();
    const eve = Date.UTC(2026, 11, 31, 23, 59, 59);
    expect(read('<11>Dec 31 23:59:58 web1 app: old', reader, eve).time).to.equal('2026-12-31T23:59:58.000Z');
    expect(read('<11>Jan  1 00:00:03 web1 app: new', reader, eve + 5000).time).to.equal('2027-01-01T00:00:03.000Z');
    expect(read('<11>Feb  1 00:00:03 web1 app: later', reader, Date.UTC(2027, 1, 1, 0, 0, 4)).time).to.equal('2027-02-01T00:00:03.000Z');
  });

  it('keeps its further lines, those too that were escaped on the way', () => {
    expect(read('<11>1 2026-03-14T03:09:15Z a app - - - boom\n  at x (y.js:1)').text).to.equal('boom\n  at x (y.js:1)');
    expect(read('<11>1 2026-03-14T03:09:15Z a app - - - boom#012#011at x (y.js:1)').text).to.equal('boom\n\tat x (y.js:1)');
  });

  it('may be Latin-1', () => {
    const [item] = new MessageReader().read(
      { kind: 'message', bytes: Buffer.from('<11>Mar 14 03:09:15 web1 app: caf\xe9', 'latin1') },
      now,
      '',
    );
    expect(item).to.deep.include({ text: 'café' });
  });
});
