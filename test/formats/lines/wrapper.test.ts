import { expect } from 'chai';
import { barName, unwrap } from '../../../src/formats/lines/wrapper.ts';
import { at, check } from '../../support/formats/readKinds.ts';

describe('wrappers', () => {
  const line = 'ERROR a.b.C - lost the cart';
  const wrapped: Record<string, string> = {
    'docker json-file': JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: '2024-05-01T10:00:00Z' }),
    'docker json-file with blanks': `{ "log": ${JSON.stringify(`${line}\n`)}, "stream": "stdout", "time": "2024-05-01T10:00:00Z" }`,
    CRI: `2024-05-01T10:00:00.000000000Z stdout F ${line}`,
    'kubectl with stamps': `2024-05-01T10:00:00.000000000Z ${line}`,
    'kubectl with prefix and stamps': `[pod/cart-6b7c8d9e1-abcde/cart] 2024-05-01T10:00:00.000000000Z ${line}`,
    stern: `cart-6b7c8d9e1-abcde cart 2024-05-01T10:00:00.000Z ${line}`,
    'docker compose': `cart-1  | 2024-05-01T10:00:00.000Z ${line}`,
    'a shipper': JSON.stringify({ '@timestamp': '2024-05-01T10:00:00Z', message: line }),
    'a shipper around docker': JSON.stringify({
      '@timestamp': '2024-05-01T10:00:00Z',
      message: JSON.stringify({ log: line, stream: 'stdout' }),
    }),
    'a canonical event': JSON.stringify({
      id: 'a',
      timestamp: '2024-05-01T10:00:00.000Z',
      source: 's',
      group_id: 'g',
      text: line,
      metadata: {},
    }),
    syslog: `May  1 10:00:00 web cart[3]: ${line}`,
    'syslog around JSON': `May  1 10:00:00 web cart[3]: ${JSON.stringify({ level: 'error', msg: 'lost the cart' })}`,
  };
  for (const [name, text] of Object.entries(wrapped)) {
    it(`the same line in ${name} gives the same event`, () =>
      check(`${text}\n`, [{ time: at('10:00:00'), level: 'ERROR', text: 'lost the cart' }]));
  }

  it('names in front of bars in one column', () =>
    check('api  | 2024-05-01T10:00:00Z INFO up\ndb   | 2024-05-01T10:00:00Z WARN slow\n', [
      { group: 'api', text: 'up' },
      { group: 'db', level: 'WARN' },
    ]));

  it('parts of two streams are not glued to each other', () => {
    const cri = (time: string, rest: string) => `2024-05-01T10:00:00.${time}00000000Z ${rest}`;
    check(`${[cri('1', 'stdout P one '), cri('2', 'stderr F WARN two'), cri('3', 'stdout F three')].join('\n')}\n`, [
      { time: '2024-05-01T10:00:00.100Z', text: 'one three' },
      { time: '2024-05-01T10:00:00.200Z', level: 'WARN', text: 'two' },
    ]);
  });
});

describe('what runtimes put around a line', () => {
  const time = Date.UTC(2024, 4, 1, 10);
  const cases: [what: string, line: string, wrapped: object | null][] = [
    ['cut by CRI', '2024-05-01T10:00:00.000000000Z stderr P one ', { text: 'one ', time, stream: 'stderr', partial: true }],
    ['another tag', '2024-05-01T10:00:00.000Z stdout X one', null],
    ['cut by docker', '{"log":"one","stream":"stdout","time":"2024-05-01T10:00:00Z"}', { text: 'one', time, partial: true }],
    ['a record with more fields', '{"log":"one","stream":"stdout","time":"2024-05-01T10:00:00Z","n":1}', null],
    ['a runner of GitLab', '2024-05-01T10:00:00.000000Z 00E one', { text: 'one', time, stream: 'stderr' }],
    ['a stamp of six digits', '2024-05-01T10:00:00.000000Z one', null],
    ['a count of syslog', '83 <11>1 x', { text: '<11>1 x', time: Number.NaN }],
    ['Buildkite', '\u001b_bk;t=1714557600000\u0007one', { text: 'one', time }],
    ['Fluent Bit', '[0] kube.orders: [[1714557600.000000000, {}], {"log"=>"one"}]', { text: '{"log"=>"one"}', time, name: 'kube.orders' }],
    ['a task of a swarm', 'web.1.k3jd8fj3kd9f@node-1    | one', { text: 'one', name: 'web', fields: { node: 'node-1' } }],
    ['colours', '\u001b[31mone\u001b[0m', { text: 'one' }],
    ['nothing', 'one', null],
  ];
  for (const [what, line, wrapped] of cases) {
    it(`is taken off: ${what}`, () => {
      const found = unwrap(line);
      if (wrapped === null) expect(found).to.equal(null);
      else expect(found).to.deep.include(wrapped);
    });
  }

  it('nests: the outermost time and name count', () => {
    const inner = '{"log":"one\\n","stream":"stdout","time":"2024-05-01T10:00:05Z"}';
    expect(unwrap(`[pod/a-1/cart] 2024-05-01T10:00:00.000000000Z ${inner}`)).to.deep.equal({
      text: 'one',
      time,
      stream: 'stdout',
      name: 'cart',
      partial: false,
      fields: { pod: 'a-1' },
    });
  });

  it('has its bar in the column of the stream, unless its name is numbered', () => {
    expect(unwrap('api  | one')).to.equal(null);
    expect(unwrap('api  | one', 5)).to.include({ name: 'api', text: 'one' });
    expect(unwrap('api-1 | one')).to.include({ name: 'api-1' });
    expect([barName('0|web  | one')?.name, barName('a b | one'), barName('api| one'), barName('api |one')]).to.deep.equal([
      'web',
      null,
      null,
      null,
    ]);
  });
});
