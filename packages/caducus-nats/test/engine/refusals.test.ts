import { writeFileSync } from 'node:fs';
import { CaducusError, nodeIo } from 'caducus';
import { expect } from 'chai';
import { localCertificate, localKey } from '../../../../test/support/servers/localCertificate.ts';
import { jetStreamTransport, type JetStreamOptions } from '../../src/engine/jetStreamTransport.ts';
import { NatsServer, withNats } from '../support/natsServer.ts';
import { operatorMode } from '../support/operatorMode.ts';

withNats('an engine of nats', () => {
  let server: NatsServer | null = null;
  afterEach(async () => {
    await server?.stop();
    server = null;
  });

  const inside = (env: Record<string, string>) => ({ io: { ...nodeIo(), env } });
  async function reach(url: string, given: Partial<JetStreamOptions> = {}): Promise<readonly string[]> {
    const transport = await jetStreamTransport(url, { pipeline: 'shop', lease: 15_000, replicas: 1, ...given });
    await transport.append('arrivals', Buffer.from('a'), 0);
    await transport.close();
    return transport.remarks;
  }
  async function failure(url: string, given: Partial<JetStreamOptions> = {}): Promise<CaducusError> {
    const error = await reach(url, given).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(CaducusError);
    return error as CaducusError;
  }
  const begin = async (settings: string, files: Record<string, string> = {}) => {
    server = await NatsServer.start(settings, files);
    return server;
  };

  it('without JetStream is refused in one sentence', async () => {
    const { url } = await begin('debug: false');
    const error = await failure(url);
    expect(error).to.include({ code: 'CAD020' });
    expect(error.message).to.contain('has no JetStream');
    expect(error.hint).to.contain('--jetstream');
  });

  it('that nobody answers for is named with its address', async () => {
    const { url } = await begin('debug: false');
    await server!.kill();
    expect((await failure(url)).message)
      .to.contain('CAD066')
      .and.to.contain(`${url.replace('nats://', '')} does not answer`);
  });

  it('with three replicas below the safe release is refused by that release', async () => {
    const { url } = await begin('jetstream: { store_dir: "STORE" }');
    const error = await failure(url, { replicas: 3 });
    expect(error).to.include({ code: 'CAD020' });
    expect(error.message).to.contain('two writers through one fence with 3 replicas');
    expect(error.hint).to.contain('2.10.19');
  });

  it('that is no cluster keeps one replica', async () => {
    const { url } = await begin('jetstream: { store_dir: "STORE" }');
    const error = await failure(url, { replicas: 3, trustReplicas: true });
    expect(error).to.include({ code: 'CAD020' });
    expect(error.message).to.contain('replicas > 1 not supported in non-clustered mode');
  });

  it('that takes only small messages is refused with the size it needs', async () => {
    const { url } = await begin('max_payload: 65536\njetstream: { store_dir: "STORE" }');
    const error = await failure(url);
    expect(error.message).to.contain('at most 65536 bytes').and.to.contain('614400');
    expect(error.hint).to.contain('max_payload');
  });

  it('with a stream that forgets by age is refused: what was not worked on would be lost', async () => {
    const { url } = await begin('jetstream: { store_dir: "STORE" }');
    const { jsm } = await server!.client();
    await jsm.streams.add({ name: 'caducus-shop', subjects: ['caducus-engine.shop.>'], max_age: 3_600_000_000_000 });
    const error = await failure(url);
    expect(error).to.include({ code: 'CAD020' });
    expect(error.message).to.contain('max_age 3600000000000 in place of 0').and.to.contain('discard "old" in place of "new"');
    expect(error.hint).to.contain('nats stream edit caducus-shop');
  });

  it('makes a stream that forgets nothing by itself, on disk', async () => {
    const { url } = await begin('jetstream: { store_dir: "STORE" }');
    await reach(url);
    const { jsm } = await server!.client();
    const { config } = await jsm.streams.info('caducus-shop');
    expect(config).to.include({
      retention: 'limits',
      discard: 'new',
      storage: 'file',
      max_age: 0,
      max_msgs: -1,
      max_bytes: -1,
      num_replicas: 1,
    });
  });

  it('holds as many bytes as the environment says, for accounts that ask for a bound', async () => {
    const { url } = await begin('jetstream: { store_dir: "STORE" }');
    await reach(url, inside({ CADUCUS_NATS_MAX_BYTES: '64MiB' }));
    await server!.client().then(async ({ jsm }) => {
      expect((await jsm.streams.info('caducus-shop')).config.max_bytes).to.equal(64 * 1024 * 1024);
    });
  });

  it('is told who one is by the environment: a token, its file, a user, a file of credentials', async () => {
    const { url, file } = await begin('authorization { token: "s3cret" }\njetstream: { store_dir: "STORE" }');
    writeFileSync(file('token'), 's3cret\n');
    await reach(url, inside({ CADUCUS_NATS_TOKEN: 's3cret' }));
    const refused = await failure(url, inside({ CADUCUS_NATS_TOKEN: 'wrong' }));
    expect(refused.message).to.contain('refuses').and.not.to.contain('wrong');
    await server!.stop();
    const { settings, credentials } = operatorMode();
    const strict = await begin(`jetstream: { store_dir: "STORE" }\n${settings}`);
    writeFileSync(strict.file('radar.creds'), credentials);
    await reach(strict.url, inside({ CADUCUS_NATS_CREDENTIALS_FILE: strict.file('radar.creds') }));
  });

  it('is encrypted by tls://, and by a file with who vouches for it', async () => {
    const { url, file } = await begin(
      'tls { cert_file: "FOLDER/cert.pem", key_file: "FOLDER/key.pem" }\njetstream: { store_dir: "STORE" }',
      { 'cert.pem': localCertificate, 'key.pem': localKey },
    );
    const address = url.replace('nats://127.0.0.1', 'tls://localhost');
    await reach(address, inside({ CADUCUS_NATS_CA_FILE: file('cert.pem') }));
    expect(await failure(address)).to.include({ code: 'CAD066' });
    await server!.stop();
    const plain = await begin('jetstream: { store_dir: "STORE" }');
    // What is to be encrypted is not sent in the clear.
    expect((await failure(plain.url.replace('nats://', 'tls://'))).code).to.be.oneOf(['CAD020', 'CAD066']);
  });

  it('is found in a domain of its own, and in no other', async () => {
    const { url } = await begin('jetstream: { store_dir: "STORE", domain: edge }');
    await reach(url, inside({ CADUCUS_NATS_DOMAIN: 'edge' }));
    expect((await failure(url, inside({ CADUCUS_NATS_DOMAIN: 'hub' }))).message).to.contain('has no JetStream');
  });

  it('without room for a stream says so', async () => {
    const { url } = await begin('jetstream: { store_dir: "STORE", max_file_store: 1048576 }');
    const error = await failure(url, inside({ CADUCUS_NATS_MAX_BYTES: '64MiB' }));
    expect(error).to.include({ code: 'CAD020' });
    expect(error.message).to.contain('no room');
  });
});
