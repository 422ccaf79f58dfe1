import { expect } from 'chai';
import type { JsonObject } from '../../../src/event.ts';
import { readEvent } from '../../../src/memory/codes/readEvent.ts';
import { levelAt } from '../../../src/memory/judge/levelRank.ts';
import { listSlots } from '../../../src/memory/templates/slots.ts';
import { TemplateIndex, type Template } from '../../../src/memory/templates/templateIndex.ts';
import { makePattern } from '../../../src/memory/topics/label.ts';

const event = (text: string, metadata: JsonObject = {}) => ({
  id: 'e',
  timestamp: '2024-06-03T10:00:00.000Z',
  source: 's',
  group_id: 's:g',
  text,
  metadata,
});

/** The template that the last of these events belongs to. */
function learn(events: readonly ReturnType<typeof event>[]): Template {
  const index = new TemplateIndex({ group: 'g' });
  return events
    .map((e, i) => index.learn(e.text, i, `e${i}`, readEvent(e))!.id)
    .map((id) => index.get(id)!)
    .at(-1)!;
}

describe('numbers that are names', () => {
  const table: [line: string, pattern: string, level: string | null][] = [
    ['upstream answered, status=502', 'upstream answered, status=5xx', 'ERROR'],
    ['upstream answered, status: 404', 'upstream answered, status: 4xx', 'WARN'],
    ['{"status":200}', '{"status":2xx}', null],
    ['"status_code": 503, closing', '"status_code": 5xx, closing', 'ERROR'],
    ['got HTTP 503 from pay', 'got HTTP 5xx from pay', 'ERROR'],
    ['got "HTTP/1.1" 503 from pay', 'got "<id>" 5xx from pay', 'ERROR'],
    ['Completed 500 Internal Server Error at once', 'Completed 5xx Internal Server Error at once', 'ERROR'],
    ['pay answered 504 Gateway Timeout', 'pay answered 5xx Gateway Timeout', 'ERROR'],
    ['worker exited with code 137', 'worker exited with code nonzero', 'ERROR'],
    ['worker exited with 0', 'worker exited with 0', null],
    ['Process completed with exit code 1.', 'Process completed with exit code nonzero.', 'ERROR'],
    ['mount failed: exit status 32', 'mount failed: exit status nonzero', 'ERROR'],
    ['call failed, grpc_status=14', 'call failed, grpc_status=Unavailable', 'ERROR'],
    ['call done, grpc.code=0', 'call done, grpc.code=OK', null],
    ['insert failed: SQLSTATE 23505', 'insert failed: SQLSTATE 23xxx', 'ERROR'],
    ['insert failed SQLSTATE[42P01]', 'insert failed SQLSTATE[42xxx]', 'ERROR'],
    ['connect: errno=111', 'connect: errno=111', null],
    ['status=7 of the pump', 'status=<n> of the pump', null],
    ['took 502 of them', 'took <n> of them', null],
    ['code 502', 'code <n>', null],
  ];
  for (const [line, pattern, level] of table)
    it(`${line}`, () => {
      const template = learn([event(line)]);
      expect(makePattern(template)).to.equal(pattern);
      expect(levelAt(template.levelOfLine(-1))).to.equal(level);
    });

  it('stay apart by class whatever else is seen, and keep their exact mix', () => {
    const index = new TemplateIndex({ group: 'g' });
    const seen = [200, 201, 204, 302, 404, 429, 500, 502, 503, 502].map(
      (code, i) => index.learn(`pay answered status=${code} to ann${i}`, i, `e${i}`)!.id,
    );
    expect(new Set(seen.map((id) => index.get(id)!.id))).to.have.length(4);
    const mix = listSlots(index.get(seen.at(-1)!)!).find((slot) => slot.type === 'code')!;
    expect(mix.values).to.deep.equal([
      { value: '502', count: 2 },
      { value: '500', count: 1 },
      { value: '503', count: 1 },
    ]);
  });

  it('give an answer of 5xx its level although the logger wrote INFO, one of 4xx only where it wrote none', () => {
    expect(levelAt(learn([event('done status=502')]).levelOfLine(2))).to.equal('ERROR');
    expect(levelAt(learn([event('done status=404')]).levelOfLine(2))).to.equal('INFO');
    expect(levelAt(learn([event('done status=502')]).levelOfLine(5))).to.equal('FATAL');
  });

  it('are the same after a save and load', () => {
    const index = new TemplateIndex({ group: 'g' });
    index.learn('pay answered status=502', 0, 'e0');
    const again = new TemplateIndex({ group: 'g' });
    again.load(index.save());
    expect(again.learn('pay answered status=503', 1, 'e1')!.id).to.equal([...index.all()][0]!.id);
    expect(listSlots([...again.all()][0]!)[0]!.distinct).to.equal(2);
  });
});

describe('requests', () => {
  const asked = (path: string, status: unknown, text = path, method = 'GET') => event(text, { method, path, status: status as string });
  const table: [what: string, of: ReturnType<typeof event>, pattern: string][] = [
    ['method, path and class', asked('/orders', 502), 'GET /orders 5xx'],
    ['a status in text', asked('/orders', '502'), 'GET /orders 5xx'],
    ['ids in the path', asked('/orders/9f86d081884c7d65/items/17', 502), 'GET /orders/<id>/items/<id> 5xx'],
    ['no query', asked('/search?q=red+shoes&page=2', 200), 'GET /search 2xx'],
    ['no host', asked('https://shop.example:443/cart', 200), 'GET /cart 2xx'],
    ['the root', asked('https://shop.example', 200, 'https://shop.example'), 'GET / 2xx'],
    ['files by their name', asked('/static/app.3f9c2.js', 200), 'GET /static/<id> 2xx'],
    ['what was said of it', asked('/orders/17', 502, 'request failed'), 'GET /orders/<id> 5xx request failed'],
    ['deep paths end in one value', asked('/a/b/c/d/e/f/g/h/i/j/k', 200), 'GET /a/b/c/d/e/f/g/h/<id> 2xx'],
    ['a status without a request', event('request completed', { status: 502 }), 'request completed status=5xx'],
    ['an exit code beside the message', event('job ended', { status: 'exit_code=137' }), 'job ended exit_code=nonzero'],
    ['a status that is none', event('all is well', { status: 'firing' }), 'all is well'],
  ];
  for (const [what, of, pattern] of table) it(`are read as ${what}`, () => expect(makePattern(learn([of]))).to.equal(pattern));

  it('keep the line as it came for examples', () => {
    const line = '"GET /orders/17 HTTP/1.1" 502 157 "-" "curl/8"';
    expect(learn([asked('/orders/17', 502, line)]).samples.newest.text).to.equal(line);
  });

  it('are one pattern whoever asks, and one a resource', () => {
    const index = new TemplateIndex({ group: 'g' });
    const patternsOf = (events: readonly ReturnType<typeof event>[]) =>
      new Set(events.map((e, i) => index.learn(e.text, i, `e${i}`, readEvent(e))!.id).map((id) => makePattern(index.get(id)!)));
    const agents = ['Mozilla/5.0 (X11; Linux)', 'curl/8', 'okhttp/4.12.0'];
    expect([
      ...patternsOf(
        Array.from({ length: 60 }, (_, i) =>
          asked(`/orders/${i * 17}`, 200, `"GET /orders/${i * 17} HTTP/1.1" 200 ${i} "-" "${agents[i % 3]}"`),
        ),
      ),
    ]).to.deep.equal(['GET /orders/<id> 2xx']);
    const users = Array.from({ length: 40 }, (_, i) => [...'abcdefghij'][i % 10]!.repeat(3) + [...'wxyz'][Math.floor(i / 10)]!);
    expect([...patternsOf(users.map((user) => asked(`/users/${user}/cart`, 200)))].at(-1)).to.equal('GET /users/<*>/cart 2xx');
  });

  it('keep resources apart, however many there are, and files of one folder together', () => {
    const index = new TemplateIndex({ group: 'g' });
    const names = 'cart login search about help home orders items users prices terms jobs press blog news shops'.split(' ');
    const learned = (path: string) => index.learn(path, 0, path, readEvent(asked(path, 200)))!.id;
    for (let i = 0; i < 20; i++)
      for (const name of names) for (const path of [`/${name}`, `/api/v1/${name}`, `/api/v2/${name}`, `/${name}/list`]) learned(path);
    expect(index.size).to.equal(names.length * 4);
    for (const name of names) learned(`/css/${name}.css`);
    expect(index.size).to.equal(names.length * 4 + 1);
  });

  it('of paths that somebody tries out become one, and never hide what else is asked for', () => {
    const index = new TemplateIndex({ group: 'g', limits: { maxTemplates: 256 } });
    const learned = (path: string, status: number) => index.get(index.learn(path, 0, path, readEvent(asked(path, status)))!.id)!;
    const letters = (n: number) =>
      Array.from({ length: 6 }, (_, k) => 'bcdfghjklmnpqrstvwxz'[(n * (k + 3) + k * k * 7 + (n >> k)) % 20]).join('');
    for (let i = 0; i < 20; i++) for (const path of ['/cart', '/orders/list', '/login']) learned(path, 200);
    for (let i = 0; i < 2000; i++) learned(`/${letters(i)}/${letters(i * 31 + 7)}`, 404);
    expect(makePattern(learned('/zzzzz/qqqqq', 404))).to.match(/^GET \/?<(?:\*|path)> 4xx$/);
    expect(makePattern(learned('/orders/list', 200))).to.equal('GET /orders/list 2xx');
    expect(index.size).to.be.below(60);
  });
});
