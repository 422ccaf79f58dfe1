import { expect } from 'chai';
import { createBreaker, type Transition } from '../../../src/safeguards/breaker/breakerMachine.ts';
import { describeTransition } from '../../../src/safeguards/breaker/describe.ts';
import type { BreakerFinding } from '../../../src/signal.ts';
import { breakerLines, breakerTransition } from '../../../src/views/finding/breakerTransition.ts';
import { width } from '../../../src/views/text/text.ts';
import type { ViewOptions } from '../../../src/views/text/viewOptions.ts';

const view: ViewOptions = { columns: 96, color: false, ascii: false, timeZone: 'UTC' };
const start = Date.parse('2026-03-14T03:09:58.120Z');

/** The pager stops answering, and answers again when it is probed. */
function story(): BreakerFinding[] {
  const breaker = createBreaker({}, 'sink:pager');
  const state = breaker.start(start);
  state.generation = 11;
  const made: Transition[] = [];
  for (const why of ['timeout 10s', 'timeout 10s', 'HTTP 503']) {
    const { permit } = breaker.acquire(state, start);
    if (permit) made.push(...breaker.record(state, start, permit, { ok: false, why }));
  }
  for (let i = 0; i < 4; i += 1) breaker.acquire(state, start + 1000);
  const probe = breaker.acquire(state, start + 30_000);
  made.push(...probe.transitions);
  if (probe.permit) made.push(...breaker.record(state, start + 30_240, probe.permit, { ok: true, duration: 240 }));
  const effects = ['4 messages wait in the outbox (limit 10,000), 0 lost; other sinks unaffected', null, '4 held, 4 delivered'];
  return made.map((transition, i): BreakerFinding => {
    const at = new Date(transition.at).toISOString();
    const result = describeTransition(transition, effects[i]);
    return {
      id: 'c',
      rule: 'breaker',
      type: 'breaker',
      state: 'firing',
      severity: 'warning',
      group_id: 'sink:pager',
      title: '',
      since: at,
      updated: at,
      result,
    };
  });
}

describe('breakerTransition', () => {
  const findings = story();

  it('says why it opened, what that means and what comes next', () => {
    expect(breakerTransition(findings[0]!, view)).to.deep.equal([
      'BREAKER  sink:pager  closed -> open                    generation 12         03:09:58.120Z',
      '  why      3 failures in a row, threshold 3: timeout 10s, timeout 10s, HTTP 503',
      '  effect   4 messages wait in the outbox (limit 10,000), 0 lost; other sinks unaffected',
      '  next     half_open at 03:10:28Z, 1 probe; then waits 1m, 2m, 4m, 8m, 10m',
    ]);
  });

  it('lists transitions one a line', () => {
    expect(breakerLines(findings, view)).to.deep.equal([
      '03:09:58Z  sink:pager  closed     -> open       g12  3 failures in a row  retry 03:10:28Z',
      '03:10:28Z  sink:pager  open       -> half_open  g13  waited 30s           1 probe allowed',
      '03:10:28Z  sink:pager  half_open  -> closed     g14  probe took 240ms     4 held, 4 delivered',
    ]);
  });

  it('never passes the width', () => {
    for (const columns of [96, 80, 60]) {
      const lines = [
        ...findings.flatMap((finding) => breakerTransition(finding, { ...view, columns })),
        ...breakerLines(findings, { ...view, columns }),
      ];
      expect(Math.max(...lines.map(width))).to.be.at.most(columns);
    }
  });

  it('shows no escape sequence that a failure carried in', () => {
    const [opened] = findings;
    const hostile = { ...opened!, result: { ...opened!.result, why: 'failed: \u001b[2J' } };
    expect(breakerTransition(hostile, view)[1]).to.equal('  why      failed: \\x1b[2J');
  });
});
