import { expect } from 'chai';
import { silence, type Arrival } from '../../../src/arrival.ts';
import { DeskStage } from '../../../src/engine/machines/deskStage.ts';
import { decodeLeaving, encodeArrivals } from '../../../src/engine/machines/messages.ts';
import { PartitionStage } from '../../../src/engine/machines/partitionStage.ts';
import { planEngine } from '../../../src/engine/planEngine.ts';
import type { Signal } from '../../../src/signal.ts';
import { eventAt } from '../../support/fakes.ts';
import { readText } from '../../support/engine/machines.ts';

const pipeline = readText(`name: p
sources: { in: { file: { path: /in.ndjson, format: ndjson, follow: true } } }
operators: [{ group_by: { key: group_id } }, { memory: { window: 1m } }, { rank: {} }]
sinks: { radar: { ndjson: { path: /d/radar.ndjson, select: [radar] } }, blips: { ndjson: { path: /d/blips.ndjson, select: [blip] } } }`);

const second = 1000;
const arrival = (times: number[], at = 0): Arrival => ({
  ...{ source: 'in', at, given: times.length, left: 0 },
  records: times.map((time) => eventAt(time * second, 'user came in', `g${time % 3}`)),
});

/** A desk with two parts of the keys. */
class Desk {
  seen: Signal[] = [];
  n = 0;
  stage = new DeskStage(pipeline, planEngine(pipeline).cut, 2, (signal) => void this.seen.push(signal));
  parts = [0, 1].map(() => new PartitionStage(pipeline.operators[1]!));

  constructor() {
    this.stage.load(null);
    for (const part of this.parts) part.load(null);
  }

  work(content: Uint8Array): Uint8Array | null {
    const given = this.stage.split(content, (this.n += 1));
    return this.stage.merge(given.map((part, i) => this.parts[i]!.step(part, this.n)));
  }
}

describe('what is in front of and behind the parts of the keys', () => {
  it('gives nothing to do for word that nothing came, until that moves the time', () => {
    const { stage } = new Desk();
    expect(stage.split(encodeArrivals([silence(60_000)]), 1)).to.deep.equal([]);
    expect(stage.merge([])).to.equal(null);
    expect(stage.split(encodeArrivals([arrival([1, 2], 60_000)]), 2)).to.have.length(2);
    expect(stage.split(encodeArrivals([silence(61_000)]), 3)).to.deep.equal([]);
    expect(stage.split(encodeArrivals([silence(90_000)]), 4)).to.have.length(2);
  });

  it('gives each sink what it selects, and says nothing where no sink gets anything', () => {
    const desk = new Desk();
    expect(desk.work(encodeArrivals([arrival([1, 2, 3])]))).to.equal(null);
    const { newest, sinks } = decodeLeaving(desk.work(encodeArrivals([arrival([61])]))!);
    expect(newest).to.equal(61 * second);
    expect(sinks.map((signals) => signals.map(({ kind }) => kind))).to.deep.equal([['radar'], ['blip', 'blip', 'blip']]);
    expect(desk.seen.filter(({ kind }) => kind === 'event')).to.have.length(4);
  });

  it('gives the same, saved and taken up between any two messages, and with the keys in its own hands', () => {
    const messages = [[1, 2], [3], [61, 62], [130], [190, 200], [400]].map((times) => encodeArrivals([arrival(times)]));
    const whole = new Desk();
    const read = (all: (Uint8Array | null)[]) => all.map((one) => one && decodeLeaving(one));
    const expected = messages.map((message) => whole.work(message));
    for (let cut = 0; cut <= messages.length; cut += 1) {
      const desk = new Desk();
      const given = messages.map((message, i) => {
        if (i === cut) desk.stage.gather(desk.parts.map((part) => [part.save(true)]));
        if (i < cut) desk.stage.load(desk.stage.save());
        return desk.work(message);
      });
      expect(read(given), `${cut}`).to.deep.equal(read(expected));
    }
  });

  it('closes what is open at the end', () => {
    const desk = new Desk();
    desk.work(encodeArrivals([arrival([1, 2])]));
    desk.stage.gather(desk.parts.map((part) => [part.save(true)]));
    expect(decodeLeaving(desk.stage.end()).sinks[0]).to.have.length(1);
  });
});
