import { mkdirSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { nodeIo } from '../../../src/io.ts';
import { Assets, contentPolicy } from '../../../src/web/api/assets.ts';
import { temporaryFolder } from '../../support/testIo.ts';

const asked = (path: string, method = 'GET') => ({ method, path, headers: {} });
const strict = { origins: [] };

describe('Assets', () => {
  const folder = temporaryFolder();
  before(() => {
    mkdirSync(folder.file('web'));
    for (const name of ['index.html', 'caducus-radar.js', 'secret.txt']) writeFileSync(folder.file(`web/${name}`), name);
  });

  it('are the files of the page by their names, and nothing beside them', async () => {
    const assets = await Assets.read(nodeIo().files, folder.file('web'));
    const types = ['/', '/index.html', '/caducus-radar.js'].map((path) => assets.answer(asked(path), strict).type.split(';')[0]);
    expect(types).to.deep.equal(['text/html', 'text/html', 'text/javascript']);
    for (const path of ['/secret.txt', '/../package.json', '/index.html/x', '/__proto__'])
      expect(assets.answer(asked(path), strict).status, path).to.equal(404);
    expect(assets.answer(asked('/', 'POST'), strict).status).to.equal(405);
  });

  for (const [given, packed] of [
    ['gzip, deflate, br', true],
    ['br;q=1, GZIP;q=0.5', true],
    ['*', true],
    ['gzip;q=0', false],
    ['gzip;q=0.0, br', false],
    ['x-gzip-not', false],
    [undefined, false],
  ] as const)
    it(`are ${packed ? 'compressed' : 'as they are'} for who accepts ${given ?? 'nothing'}`, async () => {
      const assets = await Assets.read(nodeIo().files, folder.file('web'));
      const { body, headers = {} } = assets.answer({ ...asked('/caducus-radar.js'), headers: { 'accept-encoding': given } }, strict);
      expect(headers['content-encoding']).to.equal(packed ? 'gzip' : undefined);
      expect(headers['vary']).to.equal('accept-encoding, Origin');
      expect(Buffer.from(packed ? gunzipSync(body as Uint8Array) : (body as Uint8Array)).toString()).to.equal('caducus-radar.js');
    });

  it('say what to do where the page was not built', async () => {
    const { status, body } = (await Assets.read(nodeIo().files, folder.file('nothing'))).answer(asked('/'), strict);
    expect([status, body]).to.satisfy(([code, text]: [number, string]) => code === 503 && text.includes('npm run build'));
  });

  it('are framed by allowed origins only', () => {
    expect(contentPolicy(strict)).to.match(/frame-ancestors 'none'$/);
    expect(contentPolicy({ origins: ['https://wiki.example'] })).to.match(/frame-ancestors 'self' https:\/\/wiki\.example$/);
  });
});
