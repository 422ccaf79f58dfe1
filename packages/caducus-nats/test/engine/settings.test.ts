import { CaducusError } from 'caducus';
import { expect } from 'chai';
import { readSettings, variables } from '../../src/engine/settings.ts';

const failure = (url: string, env: Record<string, string> = {}): CaducusError => {
  try {
    readSettings(url, env);
  } catch (error) {
    expect(error).to.be.instanceOf(CaducusError);
    return error as CaducusError;
  }
  throw new Error('it was taken');
};

describe('the settings of an engine of nats', () => {
  it('are an address and nothing more', () => {
    expect(readSettings('nats://host:4222', {})).to.deep.equal({ maxBytes: undefined, connection: { servers: ['nats://host:4222'] } });
    expect(readSettings('nats://a:4222,nats://b:4222', { HOME: '/' }).connection.servers).to.deep.equal(['nats://a:4222', 'nats://b:4222']);
  });

  it('have a variable for each way to prove who one is, and none for a secret in the address', () => {
    expect(Object.values(variables)).to.have.members(
      [
        'CREDENTIALS_FILE',
        'TOKEN',
        'TOKEN_FILE',
        'USER',
        'PASSWORD',
        'PASSWORD_FILE',
        'DOMAIN',
        'CA_FILE',
        'CERT_FILE',
        'KEY_FILE',
        'MAX_BYTES',
      ].map((name) => `CADUCUS_NATS_${name}`),
    );
    const error = failure('nats://me:secret@host:4222');
    expect(error.message).to.contain('--engine').and.not.to.contain('secret@');
  });

  it('take an empty variable for one that is not set', () => {
    expect(readSettings('nats://host', { CADUCUS_NATS_TOKEN: '' }).connection).to.deep.equal({ servers: ['nats://host'] });
  });

  it('encrypt where the address or a file says so', () => {
    expect(readSettings('tls://host', {}).connection).to.have.property('tls');
    const given = readSettings('nats://host', { CADUCUS_NATS_CA_FILE: 'ca.pem' }).connection;
    expect(given.tls).to.include({ caFile: 'ca.pem' });
  });

  it('name the variable that cannot be used', () => {
    expect(failure('nats://host', { CADUCUS_NATS_MAX_BYTES: 'much' }).message).to.contain('CADUCUS_NATS_MAX_BYTES');
    expect(failure('nats://host', { CADUCUS_NATS_DOMAIN: 'a b' }).message).to.contain('CADUCUS_NATS_DOMAIN');
    expect(failure('nats://host', { CADUCUS_NATS_TOKEN: 't', CADUCUS_NATS_USER: 'u' }).message).to.contain('exclude each other');
    expect(failure('nats://host', { CADUCUS_NATS_CERT_FILE: 'c.pem' }).message).to.contain('KEY_FILE');
  });
});
