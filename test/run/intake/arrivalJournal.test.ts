import { expect } from 'chai';
import { silence, type Arrival } from '../../../src/arrival.ts';
import type { Json } from '../../../src/event.ts';
import { ArrivalJournal } from '../../../src/run/intake/arrivalJournal.ts';
import { eventAt } from '../../support/fakes.ts';
import { allOf } from '../../support/live/control.ts';
import { memoryFiles, type MemoryFiles } from '../../support/memoryFiles.ts';

const arrival = (at: number): Arrival => ({ source: 'in', at, records: [eventAt(at)], given: 1, left: 0, position: at });
const open = (files: MemoryFiles, from: Json = null) => ArrivalJournal.open(files, '/j', from);

async function holding(arrivals: readonly Arrival[]): Promise<MemoryFiles> {
  const files = memoryFiles();
  const journal = await open(files);
  for (const one of arrivals) await journal.append(one, false);
  await journal.close();
  return files;
}

describe('ArrivalJournal', () => {
  const all = [arrival(1), silence(2), arrival(3)];

  it('gives arrivals as they were written, words of silence among them', async () => {
    expect(await allOf((await open(await holding(all))).rest())).to.deep.equal(all);
  });

  it('goes on from behind each arrival that was read', async () => {
    const files = await holding(all);
    for (const many of [0, 1, 2, 3]) {
      const journal = await open(files);
      const reading = journal.rest();
      for (let i = 0; i < many; i += 1) await reading.next();
      const position = JSON.parse(JSON.stringify(journal.position)) as Json;
      expect(await allOf((await open(files, position)).rest()), `after ${many}`).to.deep.equal(all.slice(many));
    }
  });

  it('stands behind what was appended once all was read', async () => {
    const files = await holding(all);
    const journal = await open(files);
    await allOf(journal.rest());
    await journal.append(arrival(4), false);
    const behind = journal.position;
    await journal.append(arrival(5), false);
    await journal.close();
    expect(await allOf((await open(files, behind)).rest())).to.deep.equal([arrival(5)]);
  });

  it('gives a damaged line back as its text, and goes on behind it', async () => {
    const files = await holding(all);
    const path = Object.keys(files.texts()).find((one) => one.startsWith('/j/'))!;
    const lines = files.texts()[path]!.split('\n');
    await (await files.open(path, 'w')).write(Buffer.from([lines[0], '{"at":', ...lines.slice(2)].join('\n')));
    expect(await allOf((await open(files)).rest())).to.deep.equal([all[0], { damaged: '{"at":' }, all[2]]);
  });

  it('holds through a power cut what was appended with `sync`', async () => {
    const files = memoryFiles();
    const journal = await open(files);
    await journal.append(arrival(1), true);
    await journal.append(arrival(2), false);
    files.cutPower(() => 0.6);
    expect((await allOf((await open(files)).rest()))[0]).to.deep.equal(arrival(1));
  });
});
