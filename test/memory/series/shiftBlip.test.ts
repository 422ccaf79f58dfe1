import { expect } from 'chai';
import type { TemplateShift } from '../../../src/memory/series/groupSeries.ts';
import { mixBlip, shiftBlip } from '../../../src/memory/series/shiftBlip.ts';
import { blipSignal } from '../../support/blips.ts';
import { foundTemplate } from '../../support/memory/templates.ts';

const { blip } = blipSignal('t', 600_000, { label: 'took <n>', why: { learning: { learned_ms: 1 } }, together: ['x'], merged: ['y'] });
const template = foundTemplate('job took 12 ms, size=7');
const shift = (more: Partial<TemplateShift> = {}): TemplateShift => ({
  quantile: 'p95',
  now: 540,
  usual: 54,
  kind: 'duration',
  bits: 30,
  factor: 10,
  familiar: false,
  trend: [54, 540],
  values: 20,
  windows: 40.123,
  slot: 2,
  several: true,
  ...more,
});
const made = (more: Partial<TemplateShift> = {}) => shiftBlip(blip, shift(more), template);

describe('the row of numbers that have shifted', () => {
  it('says first what moved, with a bounded surprise and the trend of the quantile', () => {
    const row = made();
    expect(row).to.deep.include({ label: 'took p95 54 ms -> 540 ms: took <n>', state: 'rising', level: 'ERROR', count: 540, usual: 54 });
    expect(row.bits).to.deep.include({ surprise: 24, severity: 6 });
    expect(row.trend).to.deep.equal([...Array(10).fill(0), 54, 540]);
    expect(row.measure).to.deep.equal({ of: 't', slot: 'took', quantile: 'p95', unit: 'ms' });
    expect(row.why.learning).to.deep.equal({ learned_ms: 1 });
    expect(row).to.not.have.any.keys('together', 'merged');
  });

  it('has an id of its own a slot, the same each time', () => {
    expect(made().template_id).to.equal(made().template_id);
    expect(made().template_id).to.not.equal(made({ slot: 4 }).template_id);
  });

  it('is as grave as the factor says; what shrank, or is familiar, is less so', () => {
    const levels = [10, 9.9, 3, 2.9, 0.5, 0.1].map((factor) => made({ factor }).level);
    expect(levels).to.deep.equal(['ERROR', 'WARN', 'WARN', null, null, 'WARN']);
    expect([made({ factor: 0.1 }).state, made({ familiar: true }).level]).to.deep.equal(['falling', null]);
  });

  it('names its slot by the key or word beside it, or the field, where there are several', () => {
    expect(made({ slot: 4 }).measure!.slot).to.equal('size');
    expect(made({ slot: 'duration_ms' }).measure!.slot).to.equal('duration_ms');
    expect(made({ several: false }).label).to.equal('p95 54 ms -> 540 ms: took <n>');
  });

  it('is written in two or three digits', () => {
    const label = (usual: number, now: number, kind: TemplateShift['kind']) =>
      made({ usual, now, kind, several: false }).label.split(':')[0];
    expect(label(999, 1250, 'duration')).to.equal('p95 999 ms -> 1.25 s');
    expect(label(9999, 12_345, 'integer')).to.match(/^p95 \d+ -> 12\.3k$/);
    expect(label(2e6, 3e9, 'size')).to.equal('p95 2M -> 3G');
  });
});

describe('the row of a code that took the place of others', () => {
  it('counts it beside its share', () => {
    const row = mixBlip({ ...blip, level: 'WARN' }, { code: '429', count: 30, usual: 1.5, bits: 12, before: [1, 2] });
    expect(row).to.deep.include({ label: '429 1.5 -> 30: took <n>', count: 30, usual: 1.5, state: 'rising', level: 'WARN' });
    expect(row.bits).to.deep.include({ surprise: 12, severity: 3 });
    expect(row.trend.slice(-3)).to.deep.equal([1, 2, 30]);
    expect(row.measure).to.deep.equal({ of: 't', slot: '429', quantile: 'count', unit: null });
  });
});
