import { createHash } from 'node:crypto';
import { nkeys } from '@nats-io/transport-node';

type Pair = ReturnType<typeof nkeys.createUser>;

const toText = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const base32 = (bytes: Uint8Array) => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits
    .match(/.{1,5}/g)!
    .map((five) => letters[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('');
};

/** A token as nsc makes them: https://docs.nats.io/running-a-nats-service/nats_admin/security/jwt */
function makeToken(subject: Pair, issuer: Pair, name: string, nats: object): string {
  const claims = { iat: 1_773_446_400, iss: issuer.getPublicKey(), sub: subject.getPublicKey(), name, nats: { version: 2, ...nats } };
  const jti = base32(createHash('sha256').update(JSON.stringify(claims)).digest());
  const part = (some: object) => Buffer.from(JSON.stringify(some)).toString('base64url');
  const signed = `${part({ typ: 'JWT', alg: 'ed25519-nkey' })}.${part({ jti, ...claims })}`;
  return `${signed}.${Buffer.from(issuer.sign(new TextEncoder().encode(signed))).toString('base64url')}`;
}

const unlimited = { subs: -1, data: -1, payload: -1, imports: -1, exports: -1, wildcards: true, conn: -1, leaf: -1 };
const storage = { mem_storage: -1, disk_storage: -1, streams: -1, consumer: -1 };

/** A server that knows its users by credentials: its configuration, and what the file of a user holds. */
export function operatorMode(): { settings: string; credentials: string } {
  const [operator, system, account, user] = [nkeys.createOperator(), nkeys.createAccount(), nkeys.createAccount(), nkeys.createUser()];
  const accounts = [
    [system, makeToken(system, operator, 'SYS', { type: 'account', limits: unlimited })],
    [account, makeToken(account, operator, 'SHOP', { type: 'account', limits: { ...unlimited, ...storage } })],
  ] as const;
  const settings = [
    `operator: ${makeToken(operator, operator, 'TEST', { type: 'operator', system_account: system.getPublicKey() })}`,
    `system_account: ${system.getPublicKey()}`,
    'resolver: MEMORY',
    'resolver_preload: {',
    ...accounts.map(([pair, token]) => `  ${pair.getPublicKey()}: ${token}`),
    '}',
  ].join('\n');
  const token = makeToken(user, account, 'radar', { type: 'user', subs: -1, data: -1, payload: -1, pub: {}, sub: {} });
  const credentials = [
    '-----BEGIN NATS USER JWT-----',
    token,
    '------END NATS USER JWT------',
    '',
    '-----BEGIN USER NKEY SEED-----',
    toText(user.getSeed()),
    '------END USER NKEY SEED------',
    '',
  ].join('\n');
  return { settings, credentials };
}
