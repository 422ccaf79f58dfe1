import { expect } from 'chai';
import { behindNewest, bySourceOrder, readEvent, type NamedGroup } from '../../../src/sources/cloudwatch/records.ts';

const group: NamedGroup = { logGroup: '/pay', account: '111', region: 'eu-west-1', groupId: 'cloudwatch:/pay' };
const made = (timestamp: number, eventId: string) => readEvent({ timestamp, eventId, message: 'x', logStreamName: 's' }, group);

describe('an event of CloudWatch', () => {
  it('keeps what is known of it and nothing of what is not', () => {
    const { signal } = readEvent({ eventId: '7', timestamp: 0, message: 'ERROR x', logStreamName: 's', ingestionTime: 1000 }, group);
    expect(signal.event.metadata).to.deep.equal({
      log_group: '/pay',
      log_stream: 's',
      region: 'eu-west-1',
      account: '111',
      ingested: '1970-01-01T00:00:01.000Z',
      level: 'ERROR',
    });
    const bare = readEvent({ eventId: '7', timestamp: 0, message: '{}' }, { ...group, account: null, groupId: '{account}/{log_stream}' });
    expect(bare.signal.event.metadata).to.deep.equal({ log_group: '/pay', log_stream: '', region: 'eu-west-1' });
    expect(bare.signal.event.group_id).to.equal('-/');
  });

  it('without an id has one of its content, and ids of two groups differ', () => {
    const id = (message: string, where = group) => readEvent({ timestamp: 5, message, logStreamName: 's' }, where).signal.event.id;
    expect(id('a')).to.equal(id('a'));
    expect(new Set([id('a'), id('b'), id('a', { ...group, region: 'us-east-1' })]).size).to.equal(3);
  });

  it('has an id that can be a name of a file, and sorts as its number does', () => {
    const [nine, ten, odd] = ['9', '10', '../x'].map((id) => made(5, id).signal.event.id);
    expect(nine! < ten!).to.equal(true);
    expect(odd).to.match(/^[\w-]+$/);
  });

  it('comes by time, then by id', () => {
    const sorted = [made(2, '1'), made(1, '10'), made(1, '9')].sort(bySourceOrder);
    expect(sorted.map(({ signal }) => [signal.time, Number(signal.event.id.slice(-4))])).to.deep.equal([
      [1, 9],
      [1, 10],
      [2, 1],
    ]);
    expect(bySourceOrder(made(1, '9'), made(1, '9'))).to.equal(0);
  });
});

describe('up to where events were read', () => {
  for (const [what, times, end, at] of [
    ['is the newest of them', [10, 30, 20], 100, 30],
    ['is behind the newest where all are of one time', [30, 30], 100, 31],
    ['is the end at most', [100, 100], 100, 100],
  ] as const) {
    it(what, () => {
      expect(
        behindNewest(
          times.map((time, index) => made(time, String(index))),
          end,
        ),
      ).to.equal(at);
    });
  }
});
