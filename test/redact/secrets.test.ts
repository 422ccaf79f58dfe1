import { expect } from 'chai';
import fc from 'fast-check';
import { maskSecrets } from '../../src/redact/maskSecrets.ts';
import { suspect } from '../../src/redact/suspicion.ts';

// Put together here, so that no scanner of repositories takes them for real.
const t = (...parts: string[]) => parts.join('');
const random = 'q7Zt2LmX9vBc4KpW8sNd3RfY6hGj1TaE5uQo0iCx';
const jwt = t('ey', 'JhbGciOiJIUzI1NiJ9.', 'ey', 'JzdWIiOiIxMjM0In0.', 's5Fq1Zk-x_0aB9');
const pem = t('-----BEGIN RSA PRIV', 'ATE KEY-----\nMIIEpAIBAAKCAQEA\nq7Zt2LmX9vBc\n-----END RSA PRIV', 'ATE KEY-----');

/** A text, and what of it must be gone. */
const secrets: [text: string, secret: string][] = [
  [t('AK', 'IAQ7ZTBLMXNVBCAKPW is in use'), t('AK', 'IAQ7ZTBLMXNVBCAKPW')],
  [t('temporary AS', 'IAQ7ZTBLMXNVBCAKPW'), t('AS', 'IAQ7ZTBLMXNVBCAKPW')],
  [`aws_secret_access_key = ${random}`, random],
  [`AWS_SECRET_ACCESS_KEY="${random}"`, random],
  [`{"SecretAccessKey":"${random}","SessionToken":"FwoGZXIvYXdzEBY"}`, random],
  [`{"SecretAccessKey":"x","SessionToken":"FwoGZXIvYXdzEBY"}`, 'FwoGZXIvYXdzEBY'],
  [`GET /a Authorization: Bearer ${random}`, random],
  [`-H 'Authorization: Bearer ${random}'`, random],
  ['authorization: Basic dXNlcjpodW50ZXIy', 'dXNlcjpodW50ZXIy'],
  [`Proxy-Authorization=Token ${random}`, random],
  [`sent bearer ${random} twice`, random],
  [`token ${jwt} refused`, jwt],
  [`jwt=${jwt}`, jwt.slice(-14)],
  [`cut off: ${jwt.slice(0, 30)}`, 'JzdWI'],
  [pem, 'MIIEpAIBAAKCAQEA'],
  [JSON.stringify({ key: pem }), 'q7Zt2LmX9vBc'],
  [pem.slice(0, 60), 'MIIEp'],
  [t('-----BEGIN OPENSSH PRIV', 'ATE KEY-----\nb3BlbnNzaC1rZXkt'), 'b3BlbnNzaC1rZXkt'],
  [t('-----BEGIN PGP PRIV', 'ATE KEY BLOCK-----\nlQOYBF'), 'lQOYBF'],
  ['MIIEpAIBAAKCAQEAq7Zt2LmX9vBc4KpW8sNd3RfY6hGj1TaE5uQo0iCxq7Zt2LmX', 'q7Zt2LmX9vBc4K'],
  ['connecting to postgres://app:hunter2@db.internal:5432/orders', 'hunter2'],
  ['mongodb+srv://root:p%40ss!word@cluster0.example.net', 'p%40ss!word'],
  ['redis://:s3cr3t@cache:6379/0', 's3cr3t'],
  ['amqp://guest:gu@est@rabbit', 'gu@est'],
  ['https://bot:abc123@git.example.org/a.git', 'abc123'],
  ['jdbc:oracle:thin:scott/tiger@//db:1521/x', 'tiger'],
  ['jdbc:mysql://db/x?user=a&password=tiger9&useSSL=true', 'tiger9'],
  ['Server=db;Database=x;User Id=sa;Password=Pa55,w0rd!;Encrypt=true', 'Pa55,w0rd!'],
  ['DefaultEndpointsProtocol=https;AccountName=a;AccountKey=Zm9vYmFy+/w==;EndpointSuffix=x', 'Zm9vYmFy+/w=='],
  ['Endpoint=sb://x/;SharedAccessKeyName=Root;SharedAccessKey=Zm9vYmFyCg=', 'Zm9vYmFyCg='],
  ['password=hunter2', 'hunter2'],
  ['password: hunter2', 'hunter2'],
  ['db.password = "correct horse battery"', 'correct horse battery'],
  ["passwd='a\"b'", 'a"b'],
  ['{"user":"bob","password":"a\\"b","x":1}', 'a\\"b'],
  ['{"password": 12345678}', '12345678'],
  ['body {\\"api_key\\":\\"abc123def\\"} sent', 'abc123def'],
  ['{"a":"{\\\\\\"secret\\\\\\":\\\\\\"deep42\\\\\\"}"}', 'deep42'],
  ['DB_PASSWORD=x9 PGPASSWORD=y8 MYSQL_PWD=z7', 'x9'],
  ['DB_PASSWORD=x9 PGPASSWORD=y8 MYSQL_PWD=z7', 'y8'],
  ['DB_PASSWORD=x9 PGPASSWORD=y8 MYSQL_PWD=z7', 'z7'],
  ['clientSecret=abcdef client_secret: abc123', 'abcdef'],
  ['api-key: 9f8e7d6c5b4a', '9f8e7d6c5b4a'],
  ['X-Api-Key: 9f8e7d6c5b4a', '9f8e7d6c5b4a'],
  ['apikey=9f8e7d6c', '9f8e7d6c'],
  ['?access_token=9f8e7d6c&state=ok', '9f8e7d6c'],
  ['https://bucket/x?X-Amz-Signature=9f8e7d6c5b4a&X-Amz-Date=1', '9f8e7d6c5b4a'],
  ['curl --token 9f8e7d6c -v', '9f8e7d6c'],
  ['mysql --password hunter2 --host db', 'hunter2'],
  ['login --api-key=9f8e7d6c', '9f8e7d6c'],
  ['<password>hunter2</password>', 'hunter2'],
  ['Set-Cookie: sid=s%3A9f8e7d6c; Path=/', '9f8e7d6c'],
  ['"cookie":"a=1; session=9f8e7d6c"', '9f8e7d6c'],
  ['otp=123456', '123456'],
  ['"private_key" => "9f8e7d6c"', '9f8e7d6c'],
  [t('gh', 'p_', random.slice(0, 36)), random.slice(0, 20)],
  [t('github', '_pat_', random), random],
  [t('gl', 'pat-', random.slice(0, 20)), random.slice(0, 20)],
  [t('xo', 'xb-123456789012-', random.slice(0, 24)), random.slice(0, 24)],
  [t('https://hooks.slack', '.com/services/T0AAAAAAA/B0AAAAAAA/', random.slice(0, 24)), random.slice(0, 24)],
  [t('sk_', 'live_', random.slice(0, 24)), random.slice(0, 24)],
  [t('rk_', 'test_', random.slice(0, 24)), random.slice(0, 24)],
  [t('wh', 'sec_', random.slice(0, 32)), random.slice(0, 32)],
  [t('s', 'k-proj-', random), random],
  [t('AI', 'za', random.slice(0, 35)), random.slice(0, 35)],
  [t('S', 'G.', random.slice(0, 22), '.', random), random],
  [t('np', 'm_', random.slice(0, 36)), random.slice(0, 36)],
];

const harmless = [
  'Failed password for invalid user admin from 10.0.0.1 port 22 ssh2',
  'token: expired',
  'invalid token: refresh it',
  'Unexpected token < in JSON at position 0',
  'token=3',
  'tokens=81234',
  'max_tokens=500 total_tokens: 812 token_count=9',
  'tokenizer=fast',
  'secretary=Bob',
  'password_changed_at=2026-03-14',
  'passwordless login',
  'author: Bob',
  'authentication failure; logname= uid=0',
  'Bearer authentication failed',
  'basic auth is off',
  'secret "db-credentials" not found',
  'password=',
  'password=""',
  'password=null',
  'password=***',
  'password=${DB_PASSWORD}',
  'password: <hidden>',
  'password=[redacted:secret]',
  'Authorization: [redacted:token]',
  'PWD=/srv/app',
  'key=value',
  'monkey=banana',
  'primary_key=42',
  'keyboard: qwerty',
  'AKIA is a prefix',
  'sk-learn 1.4 installed',
  'npm_config_registry=https://registry.example.org',
  'eyJ',
  'xoxo',
  'http://example.org:8080/path@2x.png',
  'mail to bob@example.org',
  'design=flat',
  'hotp=x',
  '-----BEGIN CERTIFICATE-----',
  '-----BEGIN PUBLIC KEY-----',
  'Received block blk_-4207315687919862906 of size 67108864 from /10.250.19.102',
  '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  'passwd: pam_unix(passwd:chauthtok): password changed for root',
  'SharedAccessKeyName=Root',
  'AccessKeyId: none',
];

const mask = (text: string) => maskSecrets(text, () => {});

describe('maskSecrets', () => {
  for (const [text, secret] of secrets) {
    it(`takes the secret out of ${JSON.stringify(text.slice(0, 60))}`, () => {
      expect(mask(text)).to.contain('[redacted:').and.not.contain(secret);
    });
  }

  for (const text of harmless) it(`leaves ${JSON.stringify(text)} alone`, () => expect(mask(text)).to.equal(text));

  it('keeps what stands around a secret', () => {
    expect(mask('login user=bob password=hunter2 from=10.0.0.1')).to.equal('login user=bob password=[redacted:secret] from=10.0.0.1');
    expect(mask('postgres://app:hunter2@db/orders')).to.equal('postgres://app:[redacted:password]@db/orders');
    expect(mask('{"password":"x","user":"bob"}')).to.equal('{"password":"[redacted:secret]","user":"bob"}');
  });

  it('counts what it masks, and nothing in what is masked already', () => {
    let many = 0;
    const once = maskSecrets('password=a1 token=b2c3d4 AKIA', (n) => void (many += n));
    expect(many).to.equal(2);
    expect(maskSecrets(once, (n) => void (many += n))).to.equal(once);
    expect(many).to.equal(2);
  });

  const part = fc.oneof(
    fc.constantFrom(...secrets.map(([text]) => text), ...harmless, ' ', '=', ':', '"', '\\', '{', '\n', ';', '&', ','),
    fc.string({ maxLength: 8 }),
  );
  const text = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''));

  it('is idempotent (property)', () => {
    fc.assert(
      fc.property(text, (given) => void expect(mask(mask(given))).to.equal(mask(given))),
      { numRuns: 500 },
    );
  });

  it('the look that spares most lines the work spares none of them', () => {
    for (const [given] of secrets) expect(suspect(given), given).not.to.equal(null);
  });

  it('takes linear time over text made to be slow', () => {
    const seeds = [
      t('ey', 'Jaaaaaaaaa-'),
      'token:',
      'token: a ',
      'password=',
      '://a:',
      t('-----BEGIN PRIV', 'ATE KEY-----'),
      ',',
      'secret:,,,,,,',
      'Bearer ',
      "token='",
      '\\"',
      'cookie: ',
      'sk-',
      t('S', 'G.a-'),
      '--a-',
    ];
    const took = (seed: string, length: number) => {
      const text = `token: ${seed.repeat(Math.ceil(length / seed.length))}`;
      const from = process.cpuUsage();
      mask(text);
      return process.cpuUsage(from).user / 1000;
    };
    // What else the machine does, and the collector of garbage, takes its part of some tries.
    const least = (seed: string, length: number) => Math.min(took(seed, length), took(seed, length), took(seed, length));
    for (const seed of seeds) {
      const quarter = Math.max(20, least(seed, 2 ** 18));
      // Four times as long: four times the time where it is linear, sixteen times where it is quadratic.
      expect(least(seed, 2 ** 20) / quarter, `${JSON.stringify(seed)}: 1 MiB beside 256 KiB`).to.be.below(9);
    }
  }).timeout(60_000);
});
