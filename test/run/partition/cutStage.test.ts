import { expect } from 'chai';
import { silence, type Arrival } from '../../../src/arrival.ts';
import { planCut, type Cut } from '../../../src/pipeline/plan.ts';
import { CutOperators, CutStage } from '../../../src/run/partition/cutStage.ts';
import { PartitionHost } from '../../../src/run/partition/partitionHost.ts';
import { Stage } from '../../../src/run/stage/stage.ts';
import { readText } from '../../support/engine/machines.ts';
import { eventAt } from '../../support/fakes.ts';

const pipeline = readText(`name: p
sources: { in: { file: { path: /in.ndjson, format: ndjson } } }
operators: [{ group_by: { key: group_id } }, { memory: { window: 1m } }, { rank: {} }]`);
const shape = { lateness: [{ lateness: 0, idle: 60_000 }], merged: false, now: 0, taps: [] };
const arrival = (...times: number[]): Arrival => ({
  ...{ source: 'in', at: 0, given: times.length, left: 0 },
  records: times.map((time) => eventAt(time * 1000, 'user came in', `g${time % 3}`)),
});

function start(pauses?: () => boolean) {
  const operators = new CutOperators(planCut(pipeline) as Cut, 2);
  const stage = new Stage(pipeline, { ...shape, standIns: operators.standIns, ...(pauses && { pauses }) });
  const { operator, options } = pipeline.operators[1]!;
  const hosts = [0, 1].map(() => new PartitionHost(operator.spec, options));
  operators.parted.scatter();
  return { cut: new CutStage(stage, operators, 2), hosts };
}

const arrivals = [arrival(1, 2), arrival(30, 61), arrival(62, 130)];
function alone(): unknown[] {
  const stage = new Stage(pipeline, shape);
  return arrivals.flatMap((one) => stage.push(one).out.ends);
}

describe('a stage whose keyed part is done elsewhere', () => {
  it('gives what a stage by itself gives, several arrivals in a stretch, standing still where it is to pause', () => {
    let asked = 0;
    const { cut, hosts } = start(() => (asked += 1) % 2 === 0);
    const stretch = cut.begin();
    for (const one of arrivals) expect(cut.add(stretch, one)).to.equal(true);
    const outputs = cut.batches(stretch).map((batch, i) => hosts[i]!.work(batch));
    let pauses = 0;
    for (const _ of cut.turn(stretch, outputs)) pauses += 1;
    expect(cut.stage.take().ends).to.deep.equal(alone());
    expect(pauses).to.be.greaterThan(0);
  });

  it('takes the keys back in the midst, and goes on by itself', () => {
    const { cut, hosts } = start();
    const ends: unknown[] = [];
    for (const [i, one] of arrivals.entries()) {
      const stretch = cut.begin();
      cut.add(stretch, one);
      const outputs = i < 1 ? cut.batches(stretch).map((batch, p) => hosts[p]!.work(batch)) : null;
      for (const _ of cut.turn(stretch, outputs));
      ends.push(...cut.stage.take().ends);
      if (i === 0) cut.gather(hosts.map(({ instance }) => instance.save()));
    }
    expect(ends).to.deep.equal(alone());
    expect(cut.share().flatMap(({ keys }) => keys)).to.have.length(3);
  });

  it('has nothing to do for word that nothing came, unless that moves event time', () => {
    const { cut } = start();
    const stretch = cut.begin();
    expect(cut.add(stretch, silence(1000))).to.equal(false);
    cut.add(stretch, { ...arrival(1), at: 1000 });
    expect(cut.add(stretch, silence(2000))).to.equal(false);
    expect(cut.add(stretch, silence(62_000))).to.equal(true);
    expect(stretch.arrivals).to.have.length(2);
    expect(cut.batches(stretch)[0]!.behind).to.equal(62_000);
  });

  it('knows the record at which an operator has thrown', () => {
    const { cut, hosts } = start();
    const stretch = cut.begin();
    cut.add(stretch, arrival(1, 2), 41);
    const outputs = cut.batches(stretch).map((batch, i) => hosts[i]!.work(batch));
    const put = cut.stage.put.bind(cut.stage);
    let n = 0;
    Object.assign(cut.stage, {
      put: (...given: Parameters<typeof put>) => {
        if ((n += 1) === 2) throw new Error('it cannot');
        put(...given);
      },
    });
    expect(() => [...cut.turn(stretch, outputs)]).to.throw('it cannot');
    expect(cut.failed).to.deep.equal({ source: 'in', record: 42 });
  });
});
