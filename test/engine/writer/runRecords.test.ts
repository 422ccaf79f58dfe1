import { expect } from 'chai';
import { eventLines } from '../../support/durableRun.ts';
import { Machine, readText } from '../../support/engine/machines.ts';
import { until } from '../../support/engine/roles.ts';
import { disk, runAlone, write } from '../../support/engine/onDisk.ts';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';
import type { MemoryFiles } from '../../support/memoryFiles.ts';

const text = `name: p
sources: { in: { file: { path: /in.ndjson, format: ndjson } } }
operators:
  - normalize: {}
  - group_by: { key: group_id }
  - memory: { window: 1m, early: 10s }
  - rank: { top: 5 }
  - rules: [{ name: new-error, when: { state: new, min_level: error }, severity: critical }]
  - episodes: {}
sinks:
  findings: { ndjson: { path: /d/out/findings.ndjson, select: [finding] } }
`;

/** What is kept of a run beside its output: what it knows, and what was decided. */
const kept = (files: MemoryFiles): Record<string, string> =>
  Object.fromEntries(
    Object.entries(files.texts()).filter(([path]) => /^\/d\/(?:state\/p\/recall|decisions)\//.test(path) && !path.endsWith('.tmp')),
  );

const decided = (files: MemoryFiles): string =>
  Object.entries(kept(files)).flatMap(([path, lines]) => (/\/decisions\/.*\.ndjson$/.test(path) ? [lines] : []))[0] ?? '';

const input = eventLines(1200, { groups: 11 });

describe('what is kept of a run on an engine', function () {
  this.timeout(60_000);

  for (const processes of [1, 3])
    it(`is to the byte what a run without one keeps, with ${processes} at work`, async () => {
      const [files, engine] = [await disk(input), new MemoryEngine({ step: false })];
      const ids = Array.from({ length: processes }, (_, i) => `w${i + 1}`);
      await Promise.all(ids.map((id) => new Machine(readText(text), engine, { id, files }).done));
      const whole = kept(await runAlone(readText(text), input));
      expect(Object.keys(whole).filter((path) => path.includes('/templates/'))).to.have.length(11);
      expect(whole['/d/state/p/recall/recall.json']).to.contain('"rule":"new-error"');
      expect(Object.keys(whole).some((path) => path.startsWith('/d/decisions/'))).to.equal(true);
      expect(kept(files)).to.deep.equal(whole);
    });

  it('has every decision once where the input has grown, and where a process died that had written some', async () => {
    const [files, engine] = [await disk(''), new MemoryEngine({ step: false })];
    // The last line of each is not finished.
    const parts = [300, 600, 900, 1200].map((lines, i) => eventLines(lines, { groups: 11 }).slice(0, i === 3 ? undefined : -40));
    for (const [i, part] of parts.entries()) {
      await write(files, part);
      const before = decided(files).length;
      const dying = new Machine(readText(text), engine, { id: `w${10 + i}`, files });
      engine.watch = (id) => !(dying.isDead && id === dying.id);
      // What counted only for the time being is taken back, then more is written than before.
      await until(() => decided(files).length > before);
      dying.kill();
      dying.lapse();
      await new Machine(readText(text), engine, { id: `w${20 + i}`, files }).done;
    }
    const whole = decided(await runAlone(readText(text), input));
    expect(whole).to.contain('"kind":"group"');
    expect(decided(files)).to.equal(whole);
  });
});
