import { writeFileSync } from 'node:fs';
import { CaducusError, nodeIo } from 'caducus';
import { expect } from 'chai';
import { z } from 'zod';
import { localCertificate, localKey } from '../../../test/support/servers/localCertificate.ts';
import { openJet } from '../src/connect.ts';
import { connectionOptions } from '../src/options.ts';
import { NatsServer, withNats } from './support/natsServer.ts';
import { operatorMode } from './support/operatorMode.ts';

withNats('a connection to nats', () => {
  let server: NatsServer | null = null;
  afterEach(async () => {
    await server?.stop();
    server = null;
  });

  const parse = (options: object) => z.strictObject(connectionOptions).parse(options);
  /** The name of the server that was reached with these options. */
  async function reach(options: object): Promise<string> {
    const jet = await openJet(parse(options), nodeIo(), 'sources.in');
    const { version } = jet.nc.info!;
    await jet.jsm.getAccountInfo();
    await jet.close();
    return version;
  }
  async function failure(options: object): Promise<CaducusError> {
    try {
      await reach(options);
    } catch (error) {
      expect(error).to.be.instanceOf(CaducusError);
      return error as CaducusError;
    }
    throw new Error('it was reached');
  }
  async function begin(settings: string, files: Record<string, string> = {}): Promise<NatsServer> {
    const text = `jetstream: { store_dir: "STORE" }\n${settings}`;
    server = await NatsServer.start(text, files);
    return server;
  }

  it('proves itself by a token, given or in a file; without it, it is refused', async () => {
    const { url, file } = await begin('authorization { token: "s3cret" }');
    writeFileSync(file('token'), 's3cret\n');
    for (const options of [{ token: 's3cret' }, { tokenFile: file('token') }])
      expect(await reach({ servers: url, ...options })).to.match(/^2\./);
    for (const options of [{}, { token: 'wrong' }]) {
      const error = await failure({ servers: url, ...options });
      expect(error).to.include({ code: 'CAD020' });
      expect(error.message).to.contain('refuses').and.not.to.contain('wrong');
    }
  });

  it('proves itself by user and password', async () => {
    const { url, file } = await begin('authorization { users: [{ user: "radar", password: "pw" }] }');
    writeFileSync(file('pw'), 'pw');
    for (const options of [{ password: 'pw' }, { passwordFile: file('pw') }])
      expect(await reach({ servers: url, user: 'radar', ...options })).to.match(/^2\./);
    expect((await failure({ servers: url, user: 'radar', password: 'no' })).message).to.contain('refuses');
  });

  it('proves itself by the file of credentials that nsc writes', async () => {
    const { settings, credentials } = operatorMode();
    const { url, file } = await begin(settings);
    writeFileSync(file('radar.creds'), credentials);
    expect(await reach({ servers: url, credentialsFile: file('radar.creds') })).to.match(/^2\./);
    writeFileSync(file('other.creds'), operatorMode().credentials);
    expect((await failure({ servers: url, credentialsFile: file('other.creds') })).message).to.contain('refuses');
  });

  it('encrypts, and trusts who the options say', async () => {
    const files = { 'cert.pem': localCertificate, 'key.pem': localKey };
    const { url, file } = await begin(
      'tls { cert_file: "FOLDER/cert.pem", key_file: "FOLDER/key.pem", ca_file: "FOLDER/cert.pem", verify: true }',
      files,
    );
    const own = { caFile: file('cert.pem'), certFile: file('cert.pem'), keyFile: file('key.pem') };
    const servers = url.replace('127.0.0.1', 'localhost');
    expect(await reach({ servers, tls: own })).to.match(/^2\./);
    // It is not known who vouches for the server.
    expect(await failure({ servers, tls: {} })).to.include({ code: 'CAD066' });
  });

  it('names the file that cannot be read, by its option', async () => {
    const error = await failure({ credentialsFile: '/nowhere/radar.creds' });
    expect(error).to.include({ code: 'CAD011' });
    expect(error.message).to.contain('sources.in.credentials_file').and.to.contain('/nowhere/radar.creds');
  });

  it('to a server without JetStream is refused in one sentence', async () => {
    server = await NatsServer.start('debug: false');
    const error = await failure({ servers: server.url });
    expect(error).to.include({ code: 'CAD020' });
    expect(error.message).to.contain('has no JetStream');
    expect(error.hint).to.contain('--jetstream');
  });

  it('to nobody says that nobody answers', async () => {
    server = await NatsServer.start();
    const { url } = server;
    await server.kill();
    const error = await failure({ servers: url });
    expect(error).to.include({ code: 'CAD066' });
    expect(error.message).to.contain(`${url} does not answer`);
  });
});
