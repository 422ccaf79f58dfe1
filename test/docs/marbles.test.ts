import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import type { OperatorFunction } from 'rxjs';
import { parse } from 'yaml';
import * as verbs from '../../operators/index.ts';
import { ofKind } from '../../operators/ofKind.ts';
import { toIso, type JsonObject } from '../../src/event.ts';
import type { Finding, Flow, Signal } from '../../src/signal.ts';
import { describeSignal, eventSignal, verify, type MarbleOptions } from '../../src/testing.ts';
import { blipSignal, width } from '../support/blips.ts';
import { guided } from '../../scripts/docs/guidePages.ts';
import { resultJson } from '../support/findings.ts';
import { readPictures, type Picture } from './pictures.ts';

const second = 1000;
const minute = 60_000;

const event = (letter: string, time: number, metadata: JsonObject = {}): Signal => ({
  ...eventSignal(letter, time, { metadata }),
  key: 'k',
});
/** Letters of events are their text; of findings as `name` says. */
const lettersBy = (name: (finding: Finding) => string) => (signal: Signal) =>
  signal.kind === 'finding' ? name(signal.finding) : describeSignal(signal);
const firing = ({ state }: Finding) => (state === 'firing' ? 'F' : 'R');
/** A pattern that came up, with an error, in the window that ends at that time. */
const came = (letter: string, time: number) =>
  blipSignal(letter, time, { state: 'new', level: 'ERROR', first_seen: toIso(time - width), usual: 0 });
const blipLetter = (signal: Signal) => (signal.kind === 'blip' ? signal.blip.topic_id : '?');
const radarOfNothing = (time: number): Flow => ({ kind: 'radar', time, key: '', ...{ radar: { blips: [], open: false } } });

/** What the letters of the pictures stand for, by the name that is called. The pictures say the same in words. */
const meanings: Record<string, MarbleOptions> = {
  normalize: {
    events: { a: { metadata: { component: 'x' } }, b: { metadata: { component: 'y' } } },
    values: { x: 'rejected: group_id needs the field component, which is missing' },
  },
  groupBy: { events: { a: { source: 'web' }, b: { source: 'db' } }, describe: ({ key }) => ({ web: 'a', db: 'b' })[key] ?? '?' },
  ofKind: { signal: (letter, time) => (letter === 'r' ? radarOfNothing(time) : eventSignal(letter, time)), values: { r: 'radar ' } },
  memory: { values: { x: 'a 2 new', y: 'b 1 new', z: 'c 1 new' } },
  rank: {
    signal: (letter, time) => ({ ...blipSignal(letter, letter === 'z' ? 2 * width : width), time }),
    describe: (signal) => (signal.kind === 'radar' ? (signal.radar.end === toIso(width) ? 'r' : 's') : blipLetter(signal)),
  },
  entities: {
    signal: (letter, time) =>
      letter === 'A'
        ? { ...blipSignal('A', 25, { start: toIso(0) }), time }
        : letter === 'X'
          ? { ...blipSignal('x', 50, { start: toIso(25), state: 'new', count: 3, group_id: 'k' }), time }
          : {
              ...eventSignal(`volume /vol/${letter === 'a' ? time + 100 : 7}`, time),
              key: 'k',
              template_id: letter === 'x' ? 'x' : 'a',
            },
    describe: (signal) => {
      if (signal.kind === 'blip') return signal.blip.fields?.[0]?.value === '/vol/7' ? 'Y' : blipLetter(signal);
      return signal.kind !== 'event' ? '?' : signal.template_id === 'x' ? 'x' : signal.event.text === 'volume /vol/7' ? 'v' : 'a';
    },
  },
  sessions: { values: { S: 'session' } },
  spike: {
    frame: second,
    signal: (letter, time) => event(letter, time, { value: letter === 'a' ? 10 : 40 }),
    describe: lettersBy(firing),
  },
  budget: {
    frame: second,
    signal: (letter, time) => event(letter, time, { spend: { amount: { a: 50, b: 40, c: 20, d: -30 }[letter]!, currency: 'USD' } }),
    describe: lettersBy(({ rule, state }) => {
      const which = { 'budget:actual:0.5': 'H', 'budget:actual:0.9': 'W', 'budget:actual:1': 'B' }[rule] ?? rule;
      return state === 'firing' ? which : which.toLowerCase();
    }),
  },
  breaker: {
    frame: second,
    signal: event,
    describe: lettersBy((finding) => String(resultJson(finding)['to']).charAt(0).toUpperCase()),
  },
  rules: {
    start: width,
    frame: minute,
    signal: (letter, time) =>
      'zwv'.includes(letter)
        ? blipSignal('other', time)
        : blipSignal('a', time, letter === 'x' ? { state: 'new', level: 'ERROR' } : { level: 'ERROR' }),
    describe: (signal) => (signal.kind === 'finding' ? firing(signal.finding) : 'xyzwv'[signal.time / width - 1]!),
  },
  episodes: {
    start: width,
    frame: minute,
    signal: (letter, time) => (letter === 'c' ? blipSignal('c', time, {}, 0) : came(letter, time)),
    describe: (signal) => (signal.kind === 'finding' ? (signal.finding.state === 'firing' ? 'E' : 'R') : blipLetter(signal)),
  },
};

type Call = (options: unknown) => OperatorFunction<Flow, Flow>;
const called: Record<string, unknown> = { ...verbs, ofKind };

/** The operator that a picture calls. Its options stand there as code; being plain data they are YAML as well. */
function operatorIn({ call }: Picture): { name: string; operator: OperatorFunction<Flow, Flow> } {
  const [, name = '', written = ''] = /^(\w+)\((.*)\)$/.exec(call)!;
  const options: unknown = written === '' ? undefined : parse(written);
  return { name, operator: (called[name] as Call)(options) };
}

const sources = ['operators', 'src', 'config'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name)),
);
const examples = ['examples/slowest.ts', 'examples/plugin/plugin.mjs'];
const isExample = ({ call }: Picture) => examples.some((path) => readPictures(path).some((own) => own.call === call));
const pictures = [...sources, 'docs/safeguards.md'].flatMap(readPictures).filter((picture) => !isExample(picture));

describe('the marble pictures of the documentation', () => {
  for (const picture of pictures)
    it(`${picture.file}: ${picture.call} does what is drawn`, () => {
      const { name, operator } = operatorIn(picture);
      expect(meanings, `${picture.file}:${picture.line}: say here what the letters of ${name} stand for`).to.have.property(name);
      verify(picture.input, operator, picture.output, meanings[name]);
    });

  it('are there for every operator', () => {
    const drawn = new Set(pictures.filter(({ file }) => file.startsWith('operators/')).map(({ call }) => call.split('(')[0]));
    expect([...drawn].toSorted()).to.deep.equal(Object.keys(meanings).toSorted());
    expect([...drawn]).to.include.members(verbs.operators.map(({ spec }) => spec.name));
  });

  it('are those of the guides', () => {
    const inGuides = guided.filter(({ kind }) => kind === 'operator').flatMap(({ page }) => readPictures(page).map(({ call }) => call));
    const inCode = pictures.filter(({ file }) => file.startsWith('operators/') && !file.endsWith('ofKind.ts')).map(({ call }) => call);
    expect(inGuides.toSorted()).to.deep.equal(inCode.toSorted());
  });

  it('of an example are the ones it checks itself', () => {
    const [picture] = readPictures('examples/slowest.ts');
    const checked = readFileSync('examples/slowestMarbles.ts', 'utf8');
    expect(checked).to.contain(`verify('${picture!.input}', ${picture!.call}, '${picture!.output}'`);
  });

  it('of the plugin are what it does', async () => {
    const [picture, ...more] = readPictures('examples/plugin/plugin.mjs');
    expect(more).to.deep.equal([]);
    const options = picture!.call.slice(picture!.call.indexOf('(') + 1, -1);
    const script = `import { verify } from 'caducus/testing';
import { operators } from './examples/plugin/plugin.mjs';
verify('${picture!.input}', operators[0](${options}), '${picture!.output}');`;
    const args = ['--import=tsx', '--conditions=source', '--input-type=module', '--eval', script];
    await promisify(execFile)(process.execPath, args, { env: { ...process.env, NODE_OPTIONS: '' } });
  });
});
