import { expect } from 'chai';
import { toIso } from '../../../src/event.ts';
import { options, readSettings } from '../../../src/findings/rules/options.ts';
import { RuleEngine } from '../../../src/findings/rules/ruleEngine.ts';
import type { Finding, Signal } from '../../../src/signal.ts';
import { blipSignal, eventOf, width } from '../../support/blips.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const monday = Date.parse('2026-11-02T00:00:00Z');

/** Drives an engine as the kernel does: ticks what is due before each signal; saved and loaded now and then. */
class Driver {
  readonly findings: Finding[] = [];
  #engine: RuleEngine;
  readonly #settings: ReturnType<typeof readSettings>;

  constructor(given: unknown) {
    this.#settings = readSettings(options.parse(given));
    this.#engine = new RuleEngine(this.#settings);
  }

  take(signal: Signal): void {
    this.until(signal.time);
    this.#engine.take(signal, this.#emit);
  }

  until(time: number): void {
    for (let due = this.#engine.due(); due !== null && due <= time; due = this.#engine.due()) this.#engine.tick(due, this.#emit);
  }

  restart(): void {
    this.#engine = RuleEngine.load(JSON.parse(JSON.stringify(this.#engine.save())), this.#settings);
  }

  readonly #emit = ({ finding }: { finding: Finding }) => void this.findings.push(finding);

  get told(): string[] {
    return this.findings.map(({ state, title, since }) => `${state} ${title} ${since.slice(5, 16)}`);
  }
}

const quiet = [{ name: 'went-quiet', when: { noData: true }, for: '10m' }];

describe('what comes by the clock', () => {
  const run = (at: number) =>
    blipSignal('export', at + width, { label: 'export finished', group_id: 'batch', start: toIso(at), end: toIso(at + width) });

  it('is missed the night it does not come, once, and is over when it comes', () => {
    const driver = new Driver(quiet);
    for (let night = 0; night < 6; night += 1) driver.take(run(monday + night * day + 2 * hour));
    driver.restart();
    driver.until(monday + 6 * day + 2 * hour + 15 * minute - 1);
    expect(driver.told).to.deep.equal([]);
    driver.until(monday + 6 * day + 2 * hour + 15 * minute);
    expect(driver.told).to.deep.equal(['firing did not come: export finished 11-08T02:00']);
    driver.restart();
    driver.until(monday + 6 * day + 20 * hour);
    driver.take(run(monday + 7 * day + 3 * hour));
    expect(driver.told.slice(1)).to.deep.equal(['resolved did not come: export finished 11-08T02:00']);
    expect(driver.findings[1]!.result).to.include({ missed: true, late_ms: 25 * hour });
  });

  it('is waited for no longer when a person calls it usual', () => {
    const driver = new Driver(quiet);
    for (let night = 0; night < 6; night += 1) driver.take(run(monday + night * day + 2 * hour));
    const at = monday + 6 * day;
    driver.take({
      kind: 'mark',
      time: at,
      key: '',
      mark: { id: 'm', type: 'resolve', target: 'batch', who: 'x', at: toIso(at), as_usual: ['batch'] },
    });
    driver.until(at + day);
    expect(driver.told).to.deep.equal([]);
  });

  it('is one finding a group, and none while all of the group is silent', () => {
    const driver = new Driver(quiet);
    for (let night = 0; night < 6; night += 1) {
      const at = monday + night * day + 2 * hour;
      driver.take(run(at));
      driver.take(blipSignal('chunk', at + 20 * minute + width, { group_id: 'batch' }));
    }
    driver.until(monday + 7 * day);
    expect(driver.told).to.have.lengthOf(1);
  });
});

describe('what is expected', () => {
  const expected = [{ name: 'nightly', expect: { pattern: 'export finished', group: '^batch$', by: '02:30' }, severity: 'critical' }];
  const line = (at: number, text: string, group = 'batch'): Signal => {
    const signal = eventOf(group, at);
    return { ...signal, event: { ...signal.event, text } };
  };

  it('is a finding when its time has come, and over when it comes late', () => {
    const driver = new Driver(expected);
    driver.take(line(monday, 'hello', 'web'));
    driver.take(line(monday + 2 * hour + 20 * minute, 'export finished'));
    driver.restart();
    driver.take(line(monday + day + 2 * hour, 'export finished in part', 'web'));
    driver.take(line(monday + day + 2 * hour + 29 * minute, 'export begun'));
    driver.until(monday + day + 2 * hour + 30 * minute);
    driver.restart();
    driver.take(line(monday + day + 3 * hour, 'export finished, 17 rows'));
    driver.until(monday + 2 * day);
    expect(driver.told).to.deep.equal([
      'firing did not come by 02:30: export finished 11-03T02:30',
      'resolved did not come by 02:30: export finished 11-03T02:30',
    ]);
    expect(driver.findings[0]).to.include({ severity: 'critical', group_id: 'batch', rule: 'nightly' });
    expect(driver.findings[1]!.result).to.include({ late_ms: 30 * minute });
  });

  it('is one finding however many nights it is missed, and says nothing of a period that was hardly seen', () => {
    const driver = new Driver(expected);
    driver.take(line(monday + 2 * hour, 'hello', 'web'));
    driver.until(monday + 12 * hour);
    expect(driver.told).to.deep.equal([]);
    driver.until(monday + 5 * day);
    expect(new Set(driver.findings.map(({ id }) => id)).size).to.equal(1);
  });

  const wrong: [string, unknown][] = [
    ['expect.by', [{ name: 'a', expect: { pattern: 'x', by: 'soon' } }]],
    ['neither a pattern nor a group', [{ name: 'a', expect: { by: '02:30' } }]],
    ['no IANA', [{ name: 'a', expect: { pattern: 'x', by: '02:30', zone: 'Mars' } }]],
    ['has no `for`', [{ name: 'a', expect: { pattern: 'x', by: '02:30' }, for: '1m' }]],
    ['has no `when`', [{ name: 'a', expect: { pattern: 'x', by: '02:30' }, when: { state: 'new' } }]],
    ['names no condition', [{ name: 'a' }]],
  ];
  for (const [what, given] of wrong)
    it(`is refused where it ${what}`, () => {
      const { error } = options.safeParse(given);
      expect(JSON.stringify(error?.issues)).to.contain(what.replace('expect.by', 'expected a time such as 02:30'));
    });
});
