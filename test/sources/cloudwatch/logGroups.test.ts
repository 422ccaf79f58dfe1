import { expect } from 'chai';
import { CaducusError } from '../../../src/errors.ts';
import { LogGroups } from '../../../src/sources/cloudwatch/logGroups.ts';
import type { LogGroup, LogsApi } from '../../../src/sources/cloudwatch/logsApi.ts';
import { cloudWatchOptions } from '../../../src/sources/cloudwatch/options.ts';
import { testIo } from '../../support/testIo.ts';

const here = (name: string): LogGroup => ({ name, account: '111111111111', region: 'eu-west-1' });

/** An account that holds these groups, and what was asked of it. */
function account(held: LogGroup[], { own = null, forbidden }: { own?: string | null; forbidden?: 'CAD062' | 'CAD066' } = {}) {
  const asked: string[] = [];
  const api: LogsApi = {
    region: async () => (asked.push('region'), 'eu-west-1'),
    account: async () => (asked.push('account'), own),
    groups: async ({ prefix = '', pattern = '' }) => {
      asked.push(`groups ${prefix}${pattern}`);
      if (forbidden) throw new CaducusError(forbidden, {}, 'it fails');
      return held.filter(({ name }) => name.startsWith(prefix) && name.includes(pattern));
    },
    events: async () => ({ events: [], token: undefined }),
    close: () => {},
  };
  return { api, asked, held };
}
const open = ({ api }: { api: LogsApi }, options: object) =>
  new LogGroups(api, cloudWatchOptions.parse(options), { io: testIo(), id: 'cw', from: null, signal: new AbortController().signal });

async function failure(work: Promise<unknown>): Promise<CaducusError> {
  const error = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  expect(error).to.be.instanceOf(CaducusError);
  return error as CaducusError;
}

describe('the log groups of a source', () => {
  it('are those named and those that match, each once', async () => {
    const groups = open(account([here('/pay/a'), here('/pay/b'), here('/auth')]), { logGroups: ['/pay/a', '/x'], logGroupPrefix: '/pay/' });
    expect(await groups.list()).to.deep.equal({ groups: ['/pay/a', '/x', '/pay/b'], excess: [] });
  });

  it('can become more only where a prefix or a pattern finds them', () => {
    const of = (options: object) => open(account([]), options).open;
    expect([of({ logGroups: ['/a'] }), of({ logGroupPrefix: '/' }), of({ logGroupPattern: 'pay' })]).to.deep.equal([false, true, true]);
  });

  it('are refused at the start where they are more than allowed', async () => {
    const error = await failure(open(account([here('/a'), here('/b')]), { logGroupPrefix: '/', maxLogGroups: 1 }).list());
    expect(error.code).to.equal('CAD069');
    expect(error.message).to.include('more than 1 log groups match').and.include('sources.cw');
  });

  it('are refused at the start where there is none', async () => {
    const error = await failure(open(account([here('/a')]), { logGroupPattern: 'nobody' }).list());
    expect(error.code).to.equal('CAD064');
    expect(error.message).to.include('"nobody"');
  });

  it('go on where more come later than are allowed, which are named', async () => {
    const place = account([here('/a')]);
    const groups = open(place, { logGroupPrefix: '/', maxLogGroups: 2 });
    await groups.list();
    place.held.push(here('/b'), here('/c'));
    expect(await groups.list()).to.deep.equal({ groups: ['/a', '/b'], excess: ['/c'] });
  });

  it('ask for the account only where neither options nor the list nor the credentials tell it, and once', async () => {
    const known = account([here('/a')]);
    await open(known, { logGroupPrefix: '/' }).list();
    expect(known.asked).to.deep.equal(['groups /', 'region']);
    const credentials = account([], { own: '222222222222' });
    const named = open(credentials, { logGroups: ['/a', '/b'] });
    await named.list();
    expect([named.named('/b').account, credentials.asked]).to.deep.equal(['222222222222', ['region', 'account']]);
    const listed = account([here('/a')]);
    const asking = open(listed, { logGroups: ['/a', '/b'] });
    await asking.list();
    expect([asking.named('/a').account, listed.asked]).to.deep.equal(['111111111111', ['region', 'account', 'groups /a']]);
  });

  it('may be forbidden to list: the account stays unknown; any other failure goes on', async () => {
    const groups = open(account([here('/a')], { forbidden: 'CAD062' }), { logGroups: ['/a'] });
    await groups.list();
    expect(groups.named('/a').account).to.equal(null);
    expect((await failure(open(account([], { forbidden: 'CAD066' }), { logGroups: ['/a'] }).list())).code).to.equal('CAD066');
  });

  for (const [what, options, is] of [
    ['its name', {}, 'cloudwatch:/a(b}'],
    ['account and region before it, when told', { qualify: 'always' }, 'cloudwatch:111111111111/eu-west-1:/a(b}'],
    ['a template as it was given', { groupId: 'prod:{log_group}' }, 'prod:{log_group}'],
  ] as const) {
    it(`give their events an id of ${what}`, async () => {
      const groups = open(account([here('/a{b}')]), { logGroups: ['/a{b}'], ...options });
      await groups.list();
      expect(groups.named('/a{b}').groupId).to.equal(is);
    });
  }

  it('of a linked account are named by their ARN, without a question', async () => {
    const place = account([]);
    const arn = 'arn:aws:logs:us-east-1:333333333333:log-group:/far:*';
    const groups = open(place, { logGroups: [arn], qualify: 'always' });
    await groups.list();
    expect(groups.named(arn)).to.deep.equal({
      logGroup: '/far',
      account: '333333333333',
      region: 'us-east-1',
      groupId: 'cloudwatch:333333333333/us-east-1:/far',
    });
    expect(place.asked).to.deep.equal([]);
  });

  describe('that several processes share out', () => {
    const names = Array.from({ length: 20 }, (_, i) => `/svc/${i}`);
    const part = (index: number, options: object = {}) => {
      const context = { io: testIo(), id: 'cw', from: null, signal: new AbortController().signal, part: { index, of: 8 } };
      return new LogGroups(
        account(names.map(here)).api,
        cloudWatchOptions.parse({ logGroupPrefix: '/svc', qualify: 'never', ...options }),
        context,
      );
    };

    it('are in one part each, always the same, and in several parts', async () => {
      const lists = await Promise.all(Array.from({ length: 8 }, async (_, index) => (await part(index).list()).groups));
      expect(lists.flat().toSorted()).to.deep.equal(names.toSorted());
      expect(lists.filter((list) => list.length > 0).length).to.be.greaterThan(4);
      expect((await part(3).list()).groups).to.deep.equal(lists[3]);
    });

    it('have together no more calls than one process, and each that lists them a few', async () => {
      const parts = Array.from({ length: 8 }, (_, index) => part(index));
      expect(parts.map(({ share }) => share)).to.deep.equal(parts.map(() => null));
      const counts = await Promise.all(parts.map(async (one) => (await one.list()).groups.length));
      expect(parts.map(({ share }) => share)).to.deep.equal(counts.map((count) => Math.max(1, count) / 20));
    });

    it('are too many once, not once a part', async () => {
      const excess = await Promise.all(
        [0, 1, 7].map(async (index) => {
          const held = account(names.slice(0, 5).map(here));
          const context = { io: testIo(), id: 'cw', from: null, signal: new AbortController().signal, part: { index, of: 8 } };
          const groups = new LogGroups(
            held.api,
            cloudWatchOptions.parse({ logGroupPrefix: '/svc', qualify: 'never', maxLogGroups: 5 }),
            context,
          );
          await groups.list();
          held.held.push(here('/svc/more'));
          return (await groups.list()).excess;
        }),
      );
      expect(excess).to.deep.equal([['/svc/more'], [], []]);
    });
  });
});
