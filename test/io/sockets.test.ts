import { createSocket } from 'node:dgram';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { bare, listenDatagram, listenStream, type Connection, type SocketServer } from '../../src/io/sockets.ts';
import { allOf } from '../support/live/control.ts';

const here = { host: '127.0.0.1', port: 0 };

describe('a host', () => {
  it('has no brackets where a socket is opened', () => {
    expect(['[::1]', '::1', 'localhost'].map(bare)).to.deep.equal(['::1', '::1', 'localhost']);
  });
});

describe('a stream server', () => {
  let server: SocketServer;
  let taken: Promise<Connection>;
  let client: Socket;
  beforeEach(async () => {
    taken = new Promise((resolve) => {
      void listenStream({ ...here, maxConnections: 4 }, resolve).then((listening) => {
        server = listening;
        client = connect(server.port, here.host);
      });
    });
    await taken;
  });
  afterEach(async () => {
    (await taken).cut();
    client.destroy();
    await server.close();
  });

  it('gives what a client sends until that one ends, and the client can still hear that we have', async () => {
    const connection = await taken;
    client.end('zwölf\n');
    const chunks = (await allOf(connection.chunks)) as Uint8Array[];
    expect(Buffer.concat(chunks).toString()).to.equal('zwölf\n');
    const heard = text(client);
    connection.end();
    expect(await heard).to.equal('');
  });

  it('knows the address of the other side', async () => {
    expect((await taken).peer).to.equal('127.0.0.1');
  });

  it('ends what is read when a connection is cut', async () => {
    const connection = await taken;
    const closed = new Promise((resolve) => client.once('close', resolve).on('error', () => undefined));
    connection.cut();
    await closed;
    expect(client.destroyed).to.equal(true);
  });

  it('says so when the port is taken', async () => {
    const failure = await listenStream({ ...here, port: server.port, maxConnections: 1 }, () => undefined).catch((error: Error) => error);
    expect(failure).to.include({ code: 'EADDRINUSE' });
  });
});

describe('a datagram server', () => {
  it('gives each datagram with the address it came from', async () => {
    const client = createSocket('udp4');
    let server: SocketServer | undefined;
    try {
      const came = await new Promise<string>((resolve, reject) => {
        listenDatagram({ ...here, receiveBuffer: 65_536 }, (bytes, peer) => resolve(`${peer} ${Buffer.from(bytes).toString()}`)).then(
          (listening) => {
            server = listening;
            client.send('hello', listening.port, here.host);
          },
          reject,
        );
      });
      expect(came).to.equal('127.0.0.1 hello');
      const failure = await listenDatagram({ ...here, port: server!.port, receiveBuffer: 65_536 }, () => undefined).catch((e: Error) => e);
      expect(failure).to.include({ code: 'EADDRINUSE' });
    } finally {
      client.close();
      await server?.close();
    }
  });
});
