import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { expect } from 'chai';
import { SMTPServer } from 'smtp-server';
import type { Json } from '../../../src/event.ts';
import type { Finding, Signal } from '../../../src/signal.ts';
import type { OpenSink } from '../../../src/sinks/sink.ts';
import { webhook } from '../../../src/sinks/webhook.ts';
import { readUndelivered } from '../../../src/store/undelivered.ts';
import { changedFinding } from '../../support/findings.ts';
import { temporaryFolder } from '../../support/testIo.ts';
import { episode } from '../../support/views/viewSamples.ts';
import { settle, virtualIo, type TestIo } from '../../support/virtualIo.ts';

/** What a mail server does to a connection, or to an address, before all is well again. */
type Fault = { raw: (socket: Socket) => void; isSilent?: true } | { address: number; text: string };

const faults: Record<string, Fault[]> = {
  'puts it off, as against junk': [
    { address: 451, text: '4.7.1 try again' },
    { address: 450, text: '4.2.0 greylisted' },
  ],
  'is too busy to greet': [{ raw: (socket) => void socket.end('421 4.3.2 too many connections\r\n') }],
  'hangs up': [{ raw: (socket) => void socket.destroy() }],
  'hangs up behind its greeting': [{ raw: (socket) => socket.write('220 here\r\n', () => socket.destroy()) }],
  'is no mail server': [{ raw: (socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n') }],
  'takes no mail today': [{ raw: (socket) => void socket.end('554 5.3.2 no service here\r\n') }],
  'says nothing': [{ raw: () => undefined, isSilent: true }],
  'greets without end': [
    {
      isSilent: true,
      raw(socket) {
        const more = () => !socket.destroyed && socket.write('2'.repeat(1 << 14), () => setImmediate(more));
        more();
      },
    },
  ],
  'does not know who sends': [{ address: 530, text: '5.7.0 log in first' }],
};

describe('mail', () => {
  const folder = temporaryFolder();
  const mails: string[] = [];
  let pending: Fault[];
  let logins: number;
  let isSilent = false;
  let open: Set<Socket>;
  /** Mails that are being handed in, from before there is a connection. */
  let handing = 0;
  let smtp: SMTPServer;
  let server: Server;
  let url: string;
  let io: TestIo;
  let sink: OpenSink | null;

  before(async () => {
    await import('nodemailer');
    smtp = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      authOptional: true,
      allowInsecureAuth: true,
      onAuth(_auth, _session, done) {
        logins += 1;
        done(null, { user: 'radar' });
      },
      onRcptTo({ address }, _session, done) {
        const fault = pending[0];
        if (address.startsWith('gone')) return done(Object.assign(new Error('5.1.1 no such mailbox'), { responseCode: 550 }));
        if (fault === undefined || 'raw' in fault) return done();
        pending.shift();
        done(Object.assign(new Error(fault.text), { responseCode: fault.address }));
      },
      onData(stream, _session, done) {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          mails.push(Buffer.concat(parts).toString());
          done();
        });
      },
    });
    smtp.on('error', () => undefined);
    server = createServer((socket) => {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
      socket.on('error', () => undefined);
      const fault = pending[0];
      if (fault && 'raw' in fault) {
        pending.shift();
        isSilent = fault.isSilent ?? false;
        fault.raw(socket);
        socket.on('close', () => (isSilent = false));
      } else smtp.server.emit('connection', socket);
    });
    open = new Set();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  beforeEach(() => {
    mails.length = 0;
    pending = [];
    logins = 0;
    io = virtualIo({ auto: false });
    handing = 0;
    const { sendMail } = io.net;
    io.net.sendMail = (...given) => {
      handing += 1;
      return sendMail(...given).finally(() => (handing -= 1));
    };
    sink = null;
  });
  afterEach(async () => {
    const closing = sink?.close();
    await settle();
    io.advance(60_000);
    await closing;
  });

  const start = async (options: Record<string, unknown> = {}, from: Json | null = null, id = 'mail') => {
    const given = { format: 'email', url: `smtp://${url}`, from: 'Radar <radar@example.com>', to: ['oncall@example.com'], ...options };
    sink = await webhook.spec.open(webhook.spec.options.parse({ perMinute: 600, ...given }), {
      io,
      id,
      dataDir: folder.path,
      from,
      pipeline: 'p',
    });
    return sink;
  };
  const signal = (finding: Finding): Signal => ({ kind: 'finding', time: 0, key: '', finding });
  const over = changedFinding(episode, { state: 'resolved' });
  /** Moves the clock on until something is so. */
  const until = async (done: () => boolean) => {
    while (!done()) {
      await settle(3);
      // While something is under way, no time passes; but a server that is silent takes its time.
      if (io.sleeping > 0 && ((handing === 0 && open.size === 0) || isSilent)) io.advance(100);
    }
  };
  const header = (mail: string, name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(mail)?.[1]?.trim();
  const undelivered = async (id: string) => {
    for (let i = 0; i < 200; i += 1) {
      const whys = (await readUndelivered(io.files, folder.path)).filter((one) => one.sink === id).map(({ why }) => why);
      if (whys.length > 0) return whys;
      await settle();
    }
    return [];
  };

  for (const [trouble, script] of Object.entries(faults)) {
    it(`reaches a server that ${trouble}, once it is well again`, async () => {
      pending = [...script];
      await (await start()).write([signal(episode)]);
      await until(() => sink!.counters.written === 1);
      expect(pending).to.deep.equal([]);
      expect(mails).to.have.length(1);
    });
  }

  it('says in its subject what it is about, and in its text what is known, where to look and by which id', async () => {
    await (await start()).write([signal(episode)]);
    await until(() => mails.length === 1);
    expect(header(mails[0]!, 'subject')).to.match(/^\[critical\] /);
    expect(header(mails[0]!, 'from')).to.equal('Radar <radar@example.com>');
    expect(header(mails[0]!, 'x-priority')).to.equal('1 (Highest)');
    expect(header(mails[0]!, 'content-type')).to.match(/^text\/plain/);
  });

  it('about one finding is one thread: the end follows the begin', async () => {
    const { write } = await start();
    await write([signal(episode)]);
    await until(() => mails.length === 1);
    await write([signal(over)]);
    await until(() => mails.length === 2);
    const [first, second] = mails.map((mail) => header(mail, 'message-id'));
    expect(second).to.not.equal(first);
    expect(header(mails[1]!, 'in-reply-to')).to.equal(first);
    expect(header(mails[1]!, 'references')).to.equal(first);
    expect(header(mails[1]!, 'subject')).to.match(/^\[resolved\] /);
  });

  it('stays one thread over a restart', async () => {
    const { write, position } = await start();
    await write([signal(episode)]);
    await until(() => sink!.counters.written === 1);
    const saved = JSON.parse(JSON.stringify(await position!())) as Json;
    const closing = sink!.close();
    await settle();
    io.advance(60_000);
    await closing;
    await (await start({}, saved)).write([signal(over)]);
    await until(() => mails.length === 2);
    expect(header(mails[1]!, 'in-reply-to')).to.equal(header(mails[0]!, 'message-id'));
  });

  it('that is sent again, since nobody knows whether it was taken, has the same id', async () => {
    await (await start()).write([signal(episode)]);
    await until(() => sink!.counters.written === 1);
    const closing = sink!.close();
    await settle();
    io.advance(60_000);
    await closing;
    await (await start()).write([signal(episode)]);
    await until(() => mails.length === 2);
    expect(header(mails[1]!, 'message-id')).to.equal(header(mails[0]!, 'message-id'));
  });

  it('that an address refuses for good is kept with the words of the server', async () => {
    await (await start({ to: ['gone@example.com'] }, null, 'gone')).write([signal(episode)]);
    await until(() => sink!.counters.failed === 1);
    expect((await undelivered('gone'))[0]).to.match(/^127\.0\.0\.1:\d+: SMTP 550 5\.1\.1 no such mailbox/);
  });

  it('that one of two addresses refuses is told, though the other has it', async () => {
    await (await start({ to: ['oncall@example.com', 'gone@example.com'] }, null, 'half')).write([signal(episode)]);
    await until(() => sink!.counters.failed === 1);
    expect(mails).to.have.length(1);
    expect((await undelivered('half'))[0]).to.include('no such mailbox');
  });

  it('never gives a password to a server without TLS', async () => {
    await (await start({ url: `smtp://radar:a-secret-word@${url}` })).write([signal(episode)]);
    await until(() => sink!.trouble!() !== null);
    expect(logins).to.equal(0);
    expect(mails).to.deep.equal([]);
    expect(sink!.trouble!()!.why).to.not.include('a-secret-word');
    expect(sink!.trouble!()!.why).to.match(/^127\.0\.0\.1:\d+: TLS failed: ETLS$/);
  });

  it('needs a server by its scheme, a sender and a receiver', () => {
    const problem = (options: Record<string, unknown>) =>
      webhook.spec.options.safeParse({ format: 'email', ...options }).error?.issues[0]?.message;
    const whole = { url: 'smtp://mail.example.com', from: 'a@example.com', to: ['b@example.com'] };
    expect(problem(whole)).to.equal(undefined);
    expect(problem({ ...whole, to: undefined })).to.include('from and to');
    expect(problem({ ...whole, url: 'https://mail.example.com' })).to.include('smtp://');
    expect(problem({ ...whole, token: 'long-enough' })).to.include('smtp://user@host');
    expect(problem({ ...whole, from: 'a@example.com\r\nbcc: x@example.com' })).to.include('expected an address');
    expect(problem({ ...whole, route: [{ name: 'r', url: 'https://x.example' }] })).to.include('smtp://');
    expect(problem({ format: 'json', url: 'smtp://mail.example.com' })).to.include('https://');
  });
});
