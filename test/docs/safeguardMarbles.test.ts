import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import type { OperatorFunction } from 'rxjs';
import { breaker } from '../../operators/breaker.ts';
import { budget } from '../../operators/budget.ts';
import type { Flow } from '../../src/kernel/defineOperator.ts';
import { rules } from '../../operators/rules.ts';
import { spike } from '../../operators/spike.ts';
import { isoOf, type JsonObject } from '../../src/event.ts';
import type { Finding, Signal } from '../../src/signal.ts';
import { blipSignal, width } from '../support/blips.ts';
import { verify, type MarbleOptions } from '../../src/testing.ts';
import { resultJson } from '../support/findings.ts';

const second = 1000;
const minute = 60_000;

/** The pictures of the README, by the operator they are of: what goes in, the call, what comes out. */
function pictures(): Map<string, { input: string; call: string; output: string }> {
  const section = readFileSync('README.md', 'utf8').split('\n## Safeguards\n')[1]?.split('\n## ')[0] ?? '';
  const blocks = /```text\n([^`]*)```/.exec(section)?.[1]?.trim().split('\n\n') ?? [];
  return new Map(
    blocks.map((block) => {
      const [input = '', call = '', output = ''] = block.split('\n');
      const marbles = (line: string) => line.trim().split(/ +/)[1]!;
      return [call.trim().split('(')[0]!, { input: marbles(input), call: call.trim(), output: marbles(output) }];
    }),
  );
}

const event = (letter: string, time: number, metadata: JsonObject = {}): Signal => ({
  kind: 'event',
  time,
  key: 'k',
  event: { id: `${letter}${time}`, timestamp: isoOf(time), source: 's', group_id: 'k', text: letter, metadata },
});
/** Letters of events are their text; of findings as `name` says. */
const lettersBy = (name: (finding: Finding) => string) => (signal: Signal) =>
  signal.kind === 'event' ? signal.event.text : signal.kind === 'finding' ? name(signal.finding) : '?';

/** The calls as the README writes them, and what their letters stand for. */
const cases: Record<string, { call: string; operator: unknown; flow: MarbleOptions }> = {
  spike: {
    call: "spike({ value: 'metadata.value', bucket: 'none', detector: 'ratio', window: 3 })",
    operator: spike({ value: 'metadata.value', bucket: 'none', detector: 'ratio', window: 3 }),
    flow: {
      start: 0,
      frame: second,
      signal: (letter, time) => event(letter, time, { value: letter === 'a' ? 10 : 40 }),
      describe: lettersBy(({ state }) => (state === 'firing' ? 'F' : 'R')),
    },
  },
  budget: {
    call: "budget({ limit: 100, currency: 'USD' })",
    operator: budget({ limit: 100, currency: 'USD' }),
    flow: {
      start: 0,
      frame: second,
      signal: (letter, time) => event(letter, time, { spend: { amount: { a: 50, b: 40, c: 20, d: -30 }[letter]!, currency: 'USD' } }),
      describe: lettersBy(({ rule, state }) => {
        const which = { 'budget:actual:0.5': 'H', 'budget:actual:0.9': 'W', 'budget:actual:1': 'B' }[rule] ?? rule;
        return state === 'firing' ? which : which.toLowerCase();
      }),
    },
  },
  breaker: {
    call: "breaker({ failure: { match: 'f' }, waitInOpen: '10s' })",
    operator: breaker({ failure: { match: 'f' }, waitInOpen: '10s' }),
    flow: {
      start: 0,
      frame: second,
      signal: event,
      describe: lettersBy((finding) => String(resultJson(finding)['to']).charAt(0).toUpperCase()),
    },
  },
  rules: {
    call: "rules([{ name: 'new-error', when: { state: 'new', minLevel: 'error' } }])",
    operator: rules([{ name: 'new-error', when: { state: 'new', minLevel: 'error' } }]),
    flow: {
      start: width,
      frame: minute,
      signal: (letter, time) => blipSignal('a', time, letter === 'x' ? { state: 'new', level: 'ERROR' } : { level: 'ERROR' }),
      describe: (signal) =>
        signal.kind === 'finding' ? (signal.finding.state === 'firing' ? 'F' : 'R') : 'xyzw'[signal.time / width - 1]!,
    },
  },
};

describe('the marbles of the README', () => {
  for (const [name, { call, operator, flow }] of Object.entries(cases)) {
    it(`${name} does what its picture shows`, () => {
      const picture = pictures().get(name);
      expect(picture?.call).to.equal(call);
      verify(picture!.input, operator as OperatorFunction<Flow, Flow>, picture!.output, flow);
    });
  }
});
