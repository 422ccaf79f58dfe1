import { expect } from 'chai';
import { toIso } from '../../../src/event.ts';
import { startFinding } from '../../../src/findings/rules/openFinding.ts';
import { blipSignal, width } from '../../support/blips.ts';
import { ruleParts } from '../../support/ruleParts.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
/** A run each day at this time; what comes is known to the window, and is on time within ten minutes. */
const at = 120 * minute;
const missedAt = 6 * day + at + width + 10 * minute;
const quiet = (group?: string) => [{ name: 'went-quiet', when: { noData: true, ...(group && { group }) }, for: '10m' }];

const run = (id: string, begin: number) => blipSignal(id, begin + width, { group_id: 'batch', label: `${id} done` }).blip;

/** Rules that have seen a run of each of these patterns on six days. */
function learned(rules: readonly object[], ...ids: string[]) {
  const played = ruleParts(rules);
  for (let n = 0; n < 6; n += 1) for (const id of ids) played.parts.jobs.see(run(id, n * day + at), n * day + at + width);
  return { ...played, jobs: played.parts.jobs };
}

describe('what comes by the clock', () => {
  it('is missed when it is late, once, with when it was due', () => {
    const { jobs, found } = learned(quiet(), 'export');
    expect(jobs.due).to.equal(missedAt);
    jobs.tick(missedAt - 1);
    expect(found).to.deep.equal([]);
    for (const late of [0, 1, day]) jobs.tick(missedAt + late);
    expect(found).to.have.length(1);
    expect(found[0]).to.include({ state: 'firing', title: 'did not come: export done', since: toIso(6 * day + at) });
    expect(found[0]!.result).to.include({ missed: true, every_ms: day, last_run: toIso(5 * day + at), runs_known: 6 });
  });

  it('is over when it comes, and not when another pattern of its group does', () => {
    const { jobs, found, heard } = learned(quiet(), 'export');
    jobs.tick(missedAt);
    heard();
    jobs.see(run('other', 6 * day + 5 * at), missedAt + day);
    expect(heard()).to.deep.equal([]);
    jobs.see(run('export', 6 * day + 4 * at), missedAt + day);
    expect(found[0]!.result).to.include({ late_ms: 3 * at });
    expect(heard()).to.deep.equal(['went-quiet resolved']);
  });

  it('is one finding a group, for what it missed first', () => {
    const { jobs, found } = learned(quiet(), 'export', 'report');
    jobs.tick(missedAt);
    expect(found).to.have.length(1);
  });

  it('is none of a group that no rule is about, nor of one that is silent as a whole', () => {
    const other = learned(quiet('^web$'), 'export');
    other.jobs.tick(missedAt);
    expect(other.heard()).to.deep.equal([]);
    const silent = learned(quiet(), 'export');
    const [rule] = silent.parts.settings.rules;
    const given = { subject: 'batch', period: 0, kind: 'quiet', group: 'batch', topic: null, title: '', since: 0, result: {} } as const;
    silent.parts.open.open(startFinding(rule!, given));
    silent.jobs.tick(missedAt);
    expect(silent.heard()).to.deep.equal([]);
  });
});
