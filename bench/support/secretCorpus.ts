// One file, because it is a table: secrets as they stand in lines, and tokens that only look like them.
/**
 * Secrets in lines as programs write them, and lines that hold none. All secrets are drawn here, none is or was real;
 * what would look real in this file is put together from parts.
 */

/** A line with a secret in it, by the kind of place the secret stands in. */
export interface SecretLine {
  kind: string;
  text: string;
  secret: string;
}

type Draw = (alphabet: string, length: number) => string;
type Shape = (draw: Draw, pick: (...choices: string[]) => string) => { text: string; secret: string };

const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();
const digits = '0123456789';
const hexDigits = '0123456789abcdef';
const alnum = upper + lower + digits;
const base64 = `${alnum}+/`;
const base32 = `${upper}234567`;

/** xorshift32: the same corpus on every machine. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** A password as people make them: a word, a mark, some digits. */
const people = (draw: Draw): string => `${draw(upper, 1)}${draw(lower, 5)}${draw('!#%_.', 1)}${draw(digits, 3)}`;
/** Letters and digits, at least one of each. */
const mixed = (draw: Draw, length: number): string => `${draw(lower, 1)}${draw(digits, 1)}${draw(upper, 1)}${draw(alnum, length - 3)}`;
const hex = (draw: Draw, length: number): string => `${draw('0123456789', 2)}${draw('abcdef', 2)}${draw(hexDigits, length - 4)}`;

/** A shape whose line is around a secret of one's own making. */
const around =
  (make: (draw: Draw) => string, line: (secret: string, draw: Draw, pick: (...choices: string[]) => string) => string): Shape =>
  (draw, pick) => {
    const secret = make(draw);
    return { secret, text: line(secret, draw, pick) };
  };
const joined = (...parts: string[]) => parts.join('');
const issued = (prefix: string, rest: (draw: Draw) => string, line = (token: string) => `calling the API with ${token} from worker 7`) =>
  around((draw) => prefix + rest(draw), line);

const shapes: Record<string, Shape[]> = {
  'name and value': [
    around(people, (s) => `env: DB_PASS=${s} DB_HOST=db1`),
    around(people, (s) => `SMTP_PASS: ${s}`),
    around(people, (s) => `config loaded: {"smtpPass":"${s}","port":587}`),
    around(people, (s) => `redis.pass = ${s}`),
    around(people, (s) => `export ROOT_PW='${s}'`),
    around(people, (s) => `spring.datasource.password=${s}`),
    around(people, (s) => `Kennwort=${s} wird gesetzt`),
    around(people, (s) => `{"contraseña":"${s}","usuario":"ana"}`),
    around(people, (s) => `mot_de_passe=${s}&ident=12`),
    around(people, (s) => `senha=${s}`),
    around(
      (d) => mixed(d, 24),
      (s) => `consumer_secret=${s}`,
    ),
    around(
      (d) => hex(d, 32),
      (s) => `{"license_key": "${s}"}`,
    ),
    around(
      (d) => hex(d, 32),
      (s) => `Ocp-Apim-Subscription-Key: ${s}`,
    ),
    around(
      (d) => mixed(d, 32),
      (s) => `hmac_key=${s} algo=sha256`,
    ),
    around(
      (d) => mixed(d, 40),
      (s) => `webhook_signing_key: "${s}"`,
    ),
    around(
      (d) => mixed(d, 22),
      (s) => `csrf_token=${s}; path=/`,
    ),
    around(
      (d) => mixed(d, 26),
      (s) => `JSESSIONID=${s}; Path=/; HttpOnly`,
    ),
    around(
      (d) => mixed(d, 26),
      (s) => `PHPSESSID=${s}; user=41`,
    ),
    around(
      (d) => mixed(d, 16),
      (s) => `client_credential='${s}'`,
    ),
    around(
      (d) => d(base64, 43),
      (s) => `PrivateKey = ${s}=`,
    ),
    around(
      (d) => d(digits, 6),
      (s) => `sending sms otp=${s} to customer`,
    ),
    around(
      (d) => d(digits, 6),
      (s) => `{"passcode":"${s}","device":"a1"}`,
    ),
    around(
      (d) => Array.from({ length: 12 }, () => d(lower, 5)).join(' '),
      (s) => `mnemonic="${s}"`,
    ),
    around(people, (s) => `<add key="SqlPassword" value="${s}" />`),
    around(
      (d) => mixed(d, 30),
      (s) => `storage_account_key -> ${s}`,
    ),
  ],
  prose: [
    around(people, (s) => `PASSWORD is '${s}'`),
    around(people, (s) => `the new password for user bob is ${s}`),
    around(people, (s) => `password of admin was set to "${s}"`),
    around(people, (s) => `Generated an initial password: ${s}`),
    around(people, (s) => `A temporary password is generated for root@localhost: ${s}`),
    around(
      (d) => mixed(d, 20),
      (s) => `your api key is ${s}`,
    ),
    around(
      (d) => mixed(d, 20),
      (s) => `api key changed to '${s}'`,
    ),
    around(
      (d) => mixed(d, 28),
      (s) => `using token "${s}" for the upload`,
    ),
    around(people, (s) => `login failed for alice with password '${s}'`),
    around(
      (d) => d(digits, 6),
      (s) => `Your verification code is ${s}`,
    ),
  ],
  'command line': [
    around(people, (s) => `sh -c mysql -uroot -p${s} orders`),
    around(people, (s) => `exec: mysqldump --single-transaction -h db1 -p${s} shop`),
    around(people, (s) => `+ curl -sS -u deploy:${s} https://repo.example.org/put`),
    around(people, (s) => `curl --user "deploy:${s}" https://repo.example.org/put`),
    around(people, (s) => `sshpass -p ${s} ssh ops@10.1.2.3`),
    around(
      (d) => mixed(d, 20),
      (s) => `redis-cli -h cache -a ${s} PING`,
    ),
    around(people, (s) => `docker login -u ci -p ${s} registry.example.org`),
    around(people, (s) => `ldapsearch -x -D cn=admin -w ${s} -b dc=example`),
    around(people, (s) => `sqlcmd -S db1 -U sa -P ${s} -Q "select 1"`),
    around(people, (s) => `openssl pkcs12 -in a.p12 -passin pass:${s}`),
    around(people, (s) => `keytool -list -keystore k.jks -storepass ${s}`),
    around(people, (s) => `wget --http-password=${s} https://example.org/a`),
    around(people, (s) => `mongosh --username root --pass ${s}`),
    around(
      (d) => mixed(d, 24),
      (s) => `helm install x --set auth.adminToken=${s}`,
    ),
    around(people, (s) => `argv: ["psql","--dbname","host=db user=app password=${s}"]`),
  ],
  address: [
    around(people, (s) =>
      `connecting to postgres://app:${s.replace(/[#%]/g, '.')}@db.internal:5432/orders`.replace(s, s.replace(/[#%]/g, '.')),
    ),
    around(
      (d) => mixed(d, 16),
      (s) => `amqps://events:${s}@rabbit:5671/vh`,
    ),
    around(
      (d) => hex(d, 32),
      (s) => `dsn=https://${s}@o4501.ingest.sentry.io/77`,
    ),
    around(
      (d) => mixed(d, 35),
      (s, d) => `POST https://api.telegram.org/bot${d('123456789', 9)}:${s}/sendMessage 200`,
    ),
    around(
      (d) => mixed(d, 68),
      (s) => `POST https://discord.com/api/webhooks/112233445566778899/${s}`,
    ),
    around(
      (d) => `${d(upper, 9)}/${d(upper, 11)}/${mixed(d, 24)}`,
      (s) => joined('posted to https://hooks.slack', `.com/services/${s}`),
    ),
    around(
      (d) => mixed(d, 44),
      (s) => `GET /blob?sv=2021-08-06&se=2026-03-15&sig=${s} 200`,
    ),
    around(
      (d) => mixed(d, 30),
      (s) => `GET /feed?private_token=${s}&page=2`,
    ),
    around(
      (d) => mixed(d, 39),
      (s) => `GET https://maps.example.org/json?address=x&key=${s}`,
    ),
    around(
      (d) => `4/0${mixed(d, 60)}`,
      (s) => `GET /oauth/callback?code=${s}&state=ok`,
    ),
    around(
      (d) => mixed(d, 20),
      (s) => `git clone https://oauth2:${s}@git.example.org/a/b.git`,
    ),
    around(
      (d) => mixed(d, 22),
      (s) => `jdbc:sqlserver://db1;user=sa;password=${s};encrypt=true`,
    ),
  ],
  header: [
    around(
      (d) => d(base64, 32),
      (s) => `> Authorization: Basic ${s}`,
    ),
    around(
      (d) => mixed(d, 32),
      (s) => `headers={'authorization': 'Bearer ${s}'}`,
    ),
    around(
      (d) => mixed(d, 32),
      (s) => `x-vault-token: ${s}`,
    ),
    around(
      (d) => mixed(d, 32),
      (s) => `"X-API-KEY" : "${s}"`,
    ),
    around(
      (d) => mixed(d, 32),
      (s) => `Cookie: theme=dark; connect.sid=s%3A${s}`,
    ),
    around(
      (d) => hex(d, 64),
      (s) =>
        joined(
          'Authorization: AWS4-HMAC-SHA256 Credential=AK',
          `IAABCDEFGHIJKLMNOP/20260314/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=${s}`,
        ),
    ),
    around(
      (d) => mixed(d, 24),
      (s) => `Authorization: token ${s}`,
    ),
    around(
      (d) => mixed(d, 24),
      (s) => `Sec-WebSocket-Protocol: bearer, ${s}`,
    ),
  ],
  issued: [
    issued(joined('dop', '_v1_'), (d) => hex(d, 64)),
    issued(joined('doo', '_v1_'), (d) => hex(d, 64)),
    issued(joined('gh', 's_'), (d) => mixed(d, 36)),
    issued(joined('gl', 'ptt-'), (d) => hex(d, 40)),
    issued(joined('shp', 'at_'), (d) => hex(d, 32)),
    issued(joined('dckr', '_pat_'), (d) => mixed(d, 27)),
    issued(joined('lin', '_api_'), (d) => mixed(d, 40)),
    issued(joined('pypi', '-AgEIcHlwaS5vcmc'), (d) => mixed(d, 60)),
    issued(joined('ruby', 'gems_'), (d) => hex(d, 48)),
    issued(joined('nv', 'api-'), (d) => mixed(d, 64)),
    issued(joined('xkey', 'sib-'), (d) => `${hex(d, 64)}-${mixed(d, 16)}`),
    issued(joined('hv', 's.'), (d) => mixed(d, 90)),
    issued(joined('da', 'pi'), (d) => hex(d, 32)),
    issued(joined('GOC', 'SPX-'), (d) => mixed(d, 28)),
    issued(joined('sntry', 's_'), (d) => mixed(d, 80)),
    issued(joined('fig', 'd_'), (d) => mixed(d, 40)),
    issued(joined('PM', 'AK-'), (d) => `${hex(d, 24)}-${hex(d, 34)}`),
    issued(joined('AT', 'ATT3xFf'), (d) => mixed(d, 120)),
    issued(joined('NR', 'AK-'), (d) => d(upper + digits, 27)),
    issued(joined('sq0', 'atp-'), (d) => mixed(d, 22)),
    issued(joined('AGE-SECRET', '-KEY-1'), (d) => d(upper + digits, 58)),
    issued(joined('sk-', 'ant-api03-'), (d) => mixed(d, 80)),
    issued(joined('acme', '_pat_'), (d) => mixed(d, 32)),
    issued(joined('widget', '_sk_'), (d) => mixed(d, 32)),
    issued(joined('ey', 'JhbGciOiJSUzI1NiJ9.ey'), (d) => `${mixed(d, 60)}.${mixed(d, 80)}`),
  ],
  'beside its id': [
    around(people, (s) => `machine ftp.example.org login ana password ${s}`),
    around(people, (s) => `CREATE USER app IDENTIFIED BY '${s}'`),
    around(
      (d) => `${mixed(d, 38)}/${d(base64, 1)}`,
      (s, d) => joined('AK', `IA${d(base32, 16)}:${s}`),
    ),
    around(
      (d) => `${mixed(d, 38)}+${d(base64, 1)}`,
      (s, d) => joined('deploy-bot,AK', `IA${d(base32, 16)},${s}`),
    ),
    around(
      (d) => mixed(d, 40),
      (s, d) => joined('aws configure: AK', `IA${d(base32, 16)} ${s} eu-central-1`),
    ),
    around(
      (d) => mixed(d, 40),
      (s, d) => joined('("AK', `IA${d(base32, 16)}", "${s}")`),
    ),
    around(people, (s) => `username=svc-backup, password=${s}, realm=CORP`),
  ],
};

/** @param each lines of each shape; three give the corpus of 300 secrets */
export function secretLines(each = 3, seed = 20260314): SecretLine[] {
  const next = generator(seed);
  const draw: Draw = (alphabet, length) => Array.from({ length }, () => alphabet[Math.floor(next() * alphabet.length)]!).join('');
  const pick = (...choices: string[]) => choices[Math.floor(next() * choices.length)]!;
  return Object.entries(shapes).flatMap(([kind, all]) =>
    all.flatMap((shape) =>
      Array.from({ length: each }, () => {
        const { text, secret } = shape(draw, pick);
        const there = text.includes(secret) ? secret : secret.replace(/[#%]/g, '.');
        return { kind, text: `2026-03-14T03:05:32.118Z INFO  app[12]: ${text}`, secret: there };
      }),
    ),
  );
}

const cleanShapes: Shape[] = [
  (d) => ({
    secret: '',
    text: `request_id=${hex(d, 8)}-${hex(d, 4)}-4${hex(d, 4).slice(1)}-a${hex(d, 4).slice(1)}-${hex(d, 12)} status=200 bytes=${d('123456789', 4)}`,
  }),
  (d) => ({ secret: '', text: `checked out commit ${hex(d, 40)} on branch feature/login-token-v2` }),
  (d) => ({ secret: '', text: `pulled image registry.example.org/shop/api@sha256:${hex(d, 64)}` }),
  (d) => ({ secret: '', text: `pod web-${hex(d, 10)}-${d(lower, 5)} in namespace shop restarted ${d('123456789', 1)} times` }),
  (d) => ({ secret: '', text: `trace_id=${hex(d, 32)} span_id=${hex(d, 16)} sampled=true` }),
  (d) => ({
    secret: '',
    text: `Failed password for invalid user admin from 10.0.${d('12345', 1)}.7 port ${d('3456', 1)}${d(digits, 4)} ssh2`,
  }),
  (d) => ({ secret: '', text: `event evt_${mixed(d, 14)} for customer cus_${mixed(d, 14)} delivered` }),
  (d) => ({ secret: '', text: `Receiving block blk_-${d('123456789', 1)}${d(digits, 17)} src: /10.250.19.102:54106` }),
  (d) => ({ secret: '', text: `cache_key=user:${d(digits, 5)}:profile hit ratio 0.${d(digits, 2)}` }),
  (d) => ({ secret: '', text: `PutObject s3://logs-eu/app/2026/03/14/${d(lower, 6)}.json.gz etag "${hex(d, 32)}"` }),
  (d) => ({ secret: '', text: `max_tokens=${d('123456789', 3)} prompt_tokens=${d('123456789', 4)} finish_reason=stop` }),
  (d) => ({ secret: '', text: `primary key violation on table orders, key (id)=(${d('123456789', 6)})` }),
  (d) => ({ secret: '', text: `routing key orders.created.v${d('123456789', 1)} has no queue` }),
  (d) => ({ secret: '', text: `password changed for user u${d(digits, 4)}; session expired, token refreshed` }),
  (d) => ({ secret: '', text: `secret "db-credentials-v${d('123456789', 1)}" not found in namespace prod-${d(digits, 2)}` }),
  (d) => ({ secret: '', text: `tests: pass=${d('123456789', 3)} fail=0 skip=${d('123456789', 1)}` }),
  (d) => ({ secret: '', text: `bypass=on compass=north trespass=${d('123456789', 1)}` }),
  (d) => ({ secret: '', text: `mysql -p ${d('3', 1)}306 is not how a port is given; mysql -P 3306 -h db${d('123456789', 1)}` }),
  (d) => ({ secret: '', text: `curl -u https://example.org/${d(lower, 5)} failed: option -u needs user:password` }),
  (d) => ({ secret: '', text: `curl -s https://api.example.org/v1/orders/${d('123456789', 6)} -o /tmp/out-p${d(digits, 3)}` }),
  (d) => ({ secret: '', text: `mkdir -p /var/lib/app/releases/2026${d(digits, 4)} && cp -a dist /srv` }),
  (d) => ({ secret: '', text: `the status code is ${d('12345', 1)}03 and the exit code is ${d('123456789', 1)}` }),
  (d) => ({
    secret: '',
    text: `idempotency_key=${hex(d, 8)}-${hex(d, 4)}-4${hex(d, 4).slice(1)}-b${hex(d, 4).slice(1)}-${hex(d, 12)} order=${d('123456789', 5)}`,
  }),
  (d) => ({ secret: '', text: `GET /search?q=password+reset&page=${d('123456789', 1)}&sort=key HTTP/1.1 200 ${d('123456789', 4)}` }),
  (d) => ({ secret: '', text: `at com.example.auth.TokenService.verify(TokenService.java:${d('123456789', 3)})` }),
  (d) => ({ secret: '', text: `loaded key ring with ${d('123456789', 1)} public keys, fingerprint SHA256:${d(base64, 43)}` }),
  (d) => ({ secret: '', text: `session opened for user root by (uid=0), session=${d('123456789', 4)}` }),
  (d) => ({ secret: '', text: `the password is wrong for user u${d(digits, 4)}; the token is invalid` }),
  (d) => ({ secret: '', text: `i-0${hex(d, 16)} vpc-0${hex(d, 16)} sg-0${hex(d, 16)} running` }),
  (d) => ({ secret: '', text: `sha256-${d(base64, 43)}= matches the integrity of lodash-4.17.21` }),
  (d) => ({ secret: '', text: `job_${hex(d, 24)} moved to queue high_priority_v2 after ${d('123456789', 3)}ms` }),
  (d) => ({ secret: '', text: `arn:aws:sqs:eu-west-1:${d(digits, 12)}:orders-dlq has ${d('123456789', 2)} messages` }),
  (d) => ({ secret: '', text: `partition_key=tenant-${d(digits, 4)} sort_key=ORDER#${d(digits, 6)} consumed 2.5 units` }),
  (d) => ({ secret: '', text: `error code is ${d('123456789', 6)}: row too long for column sig_v2` }),
];

/** Lines without a secret; ids, digests and the words of secrets among them. */
export function cleanLines(each = 3, seed = 314): string[] {
  const next = generator(seed);
  const draw: Draw = (alphabet, length) => Array.from({ length }, () => alphabet[Math.floor(next() * alphabet.length)]!).join('');
  return cleanShapes.flatMap((shape) =>
    Array.from({ length: each }, () => `2026-03-14T03:05:32.118Z INFO  app[12]: ${shape(draw, () => '').text}`),
  );
}
