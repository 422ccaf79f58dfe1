import { existsSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { expect } from 'chai';
import { caducus } from '../../support/caducus.ts';
import { temporaryFolder } from '../../support/testIo.ts';

describe('validate --connect', () => {
  const folder = temporaryFolder();
  const pipeline = (name: string, source: string, sink: string) => {
    writeFileSync(folder.file(name), `name: p\nsources: { in: ${source} }\nsinks: { out: ${sink} }\n`);
    return folder.file(name);
  };
  const connect = (file: string) => caducus(['validate', file, '--connect', '--data-dir', folder.file('d')]);

  it('reads a first batch and sees where results could be written, creating nothing', async () => {
    const file = pipeline(
      'good.yaml',
      '{ file: { path: fixtures/requests.log } }',
      `{ ndjson: { path: "${folder.file('new/out.ndjson')}" } }`,
    );
    const { exit, out } = await connect(file);
    expect(exit).to.equal(0);
    expect(out)
      .to.match(/ok {4}sources\.in: open; \d+ records in the first batch\n/)
      .and.to.contain(`ok    sinks.out: ${folder.file('new/out.ndjson')} can be made`);
    expect(existsSync(folder.file('new'))).to.equal(false);
  });

  it('says what cannot be opened, and what to do', async () => {
    const file = pipeline('bad.yaml', '{ file: { path: nowhere.log } }', `{ ndjson: { path: "${folder.file('bad.yaml')}/out.ndjson" } }`);
    const { exit, out } = await connect(file);
    expect(exit).to.equal(74);
    expect(out)
      .to.contain('FAIL  sources.in: CAD010 there is no file nowhere.log\n        Check the path.')
      .and.to.match(/FAIL {2}sinks\.out: CAD011 .*bad\.yaml is no folder/);
  });

  describe('with a receiver', () => {
    const server = createServer((socket) => {
      socket.on('data', (bytes) => received.push(bytes));
    });
    const received: Buffer[] = [];
    let port = 0;
    before(async () => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      port = (server.address() as AddressInfo).port;
    });
    after(() => server.close());

    it('connects and sends nothing; the address is not told, it may be a secret', async () => {
      const file = pipeline(
        'hook.yaml',
        '{ http: { listen: "127.0.0.1:0", format: json } }',
        `{ webhook: { format: json, url: "http://127.0.0.1:${port}/secret-path" } }`,
      );
      const { exit, out } = await connect(file);
      expect(out)
        .to.contain(`ok    sinks.out: 127.0.0.1:${port} takes connections; nothing was sent`)
        .and.to.match(/sources\.in: port \d+ is free/)
        .and.not.to.contain('secret-path');
      expect([exit, received]).to.deep.equal([0, []]);
    });

    it('that is not there is an error, as is a port that is taken', async () => {
      const file = pipeline(
        'taken.yaml',
        `{ http: { listen: "127.0.0.1:${port}", format: json } }`,
        '{ webhook: { format: json, url: "http://127.0.0.1:1/x" } }',
      );
      const { exit, out } = await connect(file);
      expect(exit).to.equal(74);
      expect(out).to.contain('FAIL  sources.in: CAD070').and.to.contain('FAIL  sinks.out: CAD066 127.0.0.1:1: ECONNREFUSED');
    });
  });
});
