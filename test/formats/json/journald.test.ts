import { expect } from 'chai';
import { liftJournal } from '../../../src/formats/json/journald.ts';
import { drafts, parseAll, refusals, texts } from '../parse.ts';

describe('journald', () => {
  const record = (more: object) => `${JSON.stringify({ __REALTIME_TIMESTAMP: '1714557600123456', ...more })}\n`;

  it('reads what journalctl prints', () => {
    const [draft] = drafts(
      parseAll(
        'journald',
        record({
          MESSAGE: 'up',
          PRIORITY: '3',
          _SYSTEMD_UNIT: 'a.service',
          SYSLOG_IDENTIFIER: 'a',
          _HOSTNAME: 'h',
          _PID: '7',
          __CURSOR: 's=1',
        }),
      ),
    );
    expect(draft).to.include({ text: 'up', time: 1714557600123, logicalId: 'a.service' });
    expect(draft!.metadata).to.deep.equal({ level: 'error', unit: 'a.service', program: 'a', host: 'h', pid: '7' });
  });

  it('takes messages that are bytes, too long or there twice', () => {
    const items = parseAll('journald', record({ MESSAGE: [104, 105, 255] }) + record({ MESSAGE: null }) + record({ MESSAGE: ['a', 'b'] }));
    expect(texts(items)).to.deep.equal(['hi\uFFFD', '', 'a\nb']);
  });

  it('rejects a record without its time', () => {
    expect(refusals(parseAll('journald', '{"MESSAGE":"x"}\n'))[0]!.reason).to.include('__REALTIME_TIMESTAMP');
  });
});

describe('a record of the journal among others', () => {
  it('is told by its message and one of the fields that only the journal writes', () => {
    expect(liftJournal({ MESSAGE: 'x' })).to.equal(null);
    expect(liftJournal({ __REALTIME_TIMESTAMP: '1714557600123456' })).to.equal(null);
    expect(liftJournal({ MESSAGE: 'x', _BOOT_ID: 'b', PRIORITY: '9', SYSLOG_IDENTIFIER: 'sshd' })).to.deep.equal({
      roles: { text: 'x', component: 'sshd' },
      times: [],
      metadata: { program: 'sshd' },
      isService: true,
    });
  });

  it('has the time at which its sender saw it, where that is there', () => {
    const record = { MESSAGE: 'x', __REALTIME_TIMESTAMP: '1714557600123456', _SOURCE_REALTIME_TIMESTAMP: '1714557599000999' };
    expect(liftJournal(record)!.times).to.deep.equal([1714557599000]);
    expect(liftJournal({ ...record, _SOURCE_REALTIME_TIMESTAMP: 'soon' })!.times).to.deep.equal([]);
  });
});
