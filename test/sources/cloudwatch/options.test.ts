import { expect } from 'chai';
import { cloudWatchOptions, startTime } from '../../../src/sources/cloudwatch/options.ts';

const now = Date.UTC(2026, 2, 14, 3);

describe('the start of a log group', () => {
  for (const [text, is] of [
    ['now', now],
    ['-1h', now - 3_600_000],
    ['-0s', now],
    ['2026-03-14T03:00:00Z', now],
    ['2026-03-14T04:00:00+01:00', now],
    ['-soon', null],
    ['1h', null],
    ['yesterday', null],
    ['', null],
  ] as const) {
    it(`${is === null ? 'is not' : 'may be'} ${JSON.stringify(text)}`, () => {
      expect(startTime(text, now)).to.equal(is);
    });
  }
});

describe('the options of cloudwatch-logs', () => {
  const refused = (options: object): string[] => (cloudWatchOptions.safeParse(options).error?.issues ?? []).map(({ message }) => message);
  const group = { logGroups: ['/pay'] };

  it('name at least one log group, in one of three ways', () => {
    expect(refused({})).to.deep.equal(['name at least one of log_groups, log_group_prefix and log_group_pattern']);
    for (const one of [group, { logGroupPrefix: '/' }, { logGroupPattern: 'pay' }, { ...group, logGroupPrefix: '/' }])
      expect(refused(one), JSON.stringify(one)).to.deep.equal([]);
  });

  it('take a prefix or a pattern, as the service does', () => {
    expect(refused({ logGroupPrefix: '/pay', logGroupPattern: 'pay' })).to.deep.equal([
      'log_group_prefix and log_group_pattern exclude each other',
    ]);
  });

  it('build a group id of known fields only', () => {
    expect(refused({ ...group, groupId: 'prod:{log_group}/{log_stream}@{account}.{region}.{source}' })).to.deep.equal([]);
    expect(refused({ ...group, groupId: '{logGroup}' })).to.deep.equal([
      'expected a text with fields out of {source} {log_group} {log_stream} {account} {region}',
    ]);
  });

  it('say what a start may be', () => {
    expect(refused({ ...group, start: 'yesterday' })).to.have.lengthOf(1);
    expect(refused({ ...group, start: 'yesterday' })[0]).to.match(/^expected now, a length of time back such as -1h/);
  });

  it('read the last hour, ask once a second and look five minutes back unless told otherwise', () => {
    expect(cloudWatchOptions.parse(group)).to.include({
      start: '-1h',
      callsPerSecond: 1,
      overlap: 300_000,
      allowedLateness: 30_000,
      follow: true,
      qualify: 'auto',
    });
  });
});
