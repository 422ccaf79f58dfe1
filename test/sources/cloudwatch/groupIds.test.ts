import { readdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { nodeFiles } from '../../../src/io.ts';
import { claimedId, fillGroupId, qualifiedId, type Home } from '../../../src/sources/cloudwatch/groupIds.ts';
import { temporaryFolder } from '../../support/testIo.ts';

const home: Home = { logGroup: '/aws/lambda/pay', account: '111', region: 'eu-west-1', sourceId: 'app' };

describe('the id of a log group', () => {
  const folder = temporaryFolder();
  const claim = (one: Home, name: string) => claimedId(nodeFiles, folder.file(name), one);

  it('is qualified by account and region; one that is unknown is another in each source', () => {
    expect([home, { ...home, account: null }, { ...home, account: null, sourceId: 'b' }].map(qualifiedId)).to.deep.equal([
      'cloudwatch:111/eu-west-1:/aws/lambda/pay',
      'cloudwatch:?app/eu-west-1:/aws/lambda/pay',
      'cloudwatch:?b/eu-west-1:/aws/lambda/pay',
    ]);
  });

  it('is plain for the first that used the name, then and later, and qualified for every other', async () => {
    const other = { ...home, region: 'us-east-1' };
    const ids = [];
    for (const one of [home, other, home, { ...home, logGroup: 'x' }]) ids.push(await claim(one, 'claims'));
    expect(ids).to.deep.equal([
      'cloudwatch:/aws/lambda/pay',
      'cloudwatch:111/us-east-1:/aws/lambda/pay',
      'cloudwatch:/aws/lambda/pay',
      'cloudwatch:x',
    ]);
  });

  for (const torn of ['', '{"log_group":"/aws', 'null', '{"owner":7}']) {
    it(`takes a claim of ${JSON.stringify(torn)} for one that a crash left half, and writes it anew`, async () => {
      const name = `torn-${torn.length}`;
      await claim({ ...home, account: '999' }, name);
      writeFileSync(`${folder.file(name)}/${readdirSync(folder.file(name))[0]}`, torn);
      expect(await claim(home, name)).to.equal('cloudwatch:/aws/lambda/pay');
      expect(await claim({ ...home, account: '999' }, name), 'came too late').to.equal('cloudwatch:999/eu-west-1:/aws/lambda/pay');
    });
  }
});

describe('the template of a group id', () => {
  it('has a dash for what is unknown, missing or of no field', () => {
    const fields = { source: 'cloudwatch', account: null };
    expect(fillGroupId('{source}/{account}/{nope}/{toString}/{}/x', fields)).to.equal('cloudwatch/-/-/-/-/x');
  });
});
