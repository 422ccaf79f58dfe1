import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { SMTPServer } from 'smtp-server';
import { sendMail, type Mail } from '../../src/io/mail.ts';
import { localCertificate, localKey } from '../support/servers/localCertificate.ts';
import { temporaryFolder } from '../support/testIo.ts';

const mail: Mail = {
  from: 'a@example.com',
  to: ['b@example.com'],
  subject: 's',
  text: 't',
  messageId: '<1@example.com>',
  priority: 'normal',
};
const login = { user: 'radar', password: 'the-word' };
const sendMailFile = new URL('../../src/io/mail.ts', import.meta.url).pathname;

/** What another process gets for a mail, one that trusts the certificate of these servers. */
async function sendTrusting(server: object, trusted: string): Promise<unknown> {
  const script = `import { sendMail } from ${JSON.stringify(sendMailFile)};
    const reply = await sendMail(${JSON.stringify(server)}, ${JSON.stringify(mail)}, new AbortController().signal).catch(({ cause }) => cause);
    console.log(JSON.stringify(reply));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--import=tsx', '--input-type=module', '--eval', script], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: trusted },
  });
  return JSON.parse(stdout);
}

describe('handing in a mail', () => {
  const folder = temporaryFolder();
  const servers: SMTPServer[] = [];
  let logins: string[];
  let trusted: string;

  const listen = async (secure: boolean): Promise<number> => {
    const server = new SMTPServer({
      secure,
      cert: localCertificate,
      key: localKey,
      onAuth({ username = '', password = '' }, _session, done) {
        logins.push(`${username}:${password}`);
        if (password === login.password) done(null, { user: username });
        else done(Object.assign(new Error('5.7.8 wrong'), { responseCode: 535 }));
      },
    });
    server.on('error', () => undefined);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.server.address() as AddressInfo).port;
  };

  before(async () => {
    trusted = join(folder.path, 'ca.pem');
    await writeFile(trusted, localCertificate);
  });
  beforeEach(() => {
    logins = [];
  });
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => new Promise<void>((resolve) => server.close(resolve))));
  });

  for (const secure of [true, false]) {
    it(`logs in over TLS ${secure ? 'from the first byte' : 'by STARTTLS'}`, async () => {
      const port = await listen(secure);
      const reply = await sendTrusting({ host: 'localhost', port, secure, requireTls: true, login }, trusted);
      expect(reply).to.have.property('code', 250);
      expect(logins).to.deep.equal(['radar:the-word']);
    }).timeout(20_000);
  }

  it('says what the server said to a wrong password, and is not for good', async () => {
    const port = await listen(true);
    const wrong = { ...login, password: 'another' };
    const cause = await sendTrusting({ host: 'localhost', port, secure: true, requireTls: true, login: wrong }, trusted);
    expect(cause).to.deep.equal({ code: 'SMTP 535 5.7.8 wrong' });
  }).timeout(20_000);

  it('gives no password to a server whose certificate nobody trusts', async () => {
    const port = await listen(true);
    const server = { host: 'localhost', port, secure: true, requireTls: true, login };
    const failure = await sendMail(server, mail, new AbortController().signal).catch((error: Error) => error.cause);
    expect(failure).to.deep.equal({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(logins).to.deep.equal([]);
  });

  it('names a server that is not there', async () => {
    const port = await listen(true);
    await new Promise<void>((resolve) => servers.pop()!.close(resolve));
    const server = { host: '127.0.0.1', port, secure: false, requireTls: false, login: null };
    const failure = await sendMail(server, mail, new AbortController().signal).catch((error: Error) => error.cause);
    expect(failure).to.deep.equal({ code: 'ECONNREFUSED' });
  });

  it('ends with the reason of the signal when that aborts', async () => {
    const port = await listen(false);
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    const server = { host: '127.0.0.1', port, secure: false, requireTls: false, login: null };
    expect(await sendMail(server, mail, stop.signal).catch((error: Error) => error.message)).to.equal('enough');
  });
});
