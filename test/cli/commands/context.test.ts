import { expect } from 'chai';
import type { ContextResult } from '../../../src/views/explain/contextResult.ts';
import { caducus, incidentRadar } from '../../support/runs/incidentRadar.ts';

describe('caducus context', () => {
  const { data, disk } = incidentRadar();

  it('of a text names the nearest patterns, when they came, and what moved beside them', async () => {
    const { out } = await caducus(['context', 'disk failure on dn2', ...data]);
    expect(out).to.match(/^CONTEXT {2}"disk failure on dn2" +as of 2026-03-14 03:34:\d\dZ\nsearched 10 patterns, 5 groups, 1h 34m\n/);
    const nearest = out.split('\n').find((line) => line.includes(disk().topic_id.slice(0, 4)))!;
    expect(nearest).to.match(/^ {3}0\.[5-9]\d {2}\w{4} {2}new +03:07:12Z +03:19:24Z +96 {2}Disk failure/);
    expect(out).to.match(/^when +02:35 ······[▁-█]{3}··· 03:35Z +5m a cell, nearest pattern$/m);
    expect(out).to.match(/^ +\w{4} {2}1m earlier, \d+x +\w{4} {2}\d+m later, /m);
    expect(out).to.match(/^values +host dn2 96/m);
  });

  it('of an id is about that pattern, of a time about what moved then', async () => {
    const byId = JSON.parse((await caducus(['context', disk().topic_id.slice(0, 5), '--json', ...data])).out) as ContextResult;
    expect(byId.nearest[0]).to.include({ topic_id: disk().topic_id, match: 1, count_7d: 96 });
    const byTime = JSON.parse((await caducus(['context', '--at', '03:06Z', '--json', ...data])).out) as ContextResult;
    expect(byTime.nearest[0]!.label).to.match(/^Slow write to disk/);
    expect(new Set(byTime.nearest.map(({ match }) => match))).to.deep.equal(new Set([null]));
    expect(byTime.same_minutes!.before[0]!.text).to.match(/^28s earlier/);
  });

  it('tells a change that was marked beside what moved after it', async () => {
    await caducus(['change', 'hdfs-config r214', '--at', '2026-03-14T02:58:00Z', ...data]);
    expect((await caducus(['context', disk().topic_id, ...data])).out).to.include('change hdfs-config r214');
  });

  it('says so when nothing is near', async () => {
    expect((await caducus(['context', 'zebra giraffe', ...data])).out).to.include('nothing near');
  });

  it('needs a text, an id or a time', async () => {
    for (const args of [[], ['x', '--at', '03:00Z']]) {
      const { exit, err } = await caducus(['context', ...args, ...data]);
      expect(exit).to.equal(64);
      expect(err).to.include('CAD002').and.include('give a text, an id, or --at with a time');
    }
  });
});
