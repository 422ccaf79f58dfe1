import { expect } from 'chai';
import { LiveRadarApi } from '../../../src/cli/web/liveRadarApi.ts';
import { CaducusError } from '../../../src/errors.ts';
import { toIso } from '../../../src/event.ts';
import type { Radar } from '../../../src/signal.ts';
import { blipSignal, width } from '../../support/blips.ts';
import { temporaryFolder, testIo } from '../../support/testIo.ts';

const radarOf = (n: number): Radar => {
  const { blip } = blipSignal('aaaa', n * width);
  return {
    group_id: null,
    start: blip.start,
    end: blip.end,
    open: false,
    events: n,
    groups: 1,
    patterns: 1,
    new_patterns: 0,
    blips: [blip],
    rest: { patterns: 0, events: 0, states: {} },
  };
};
const over = { pipeline: 'p', board: null, known: () => null, figures: () => null, graph: () => null, problem: () => null };

describe('LiveRadarApi', () => {
  const folder = temporaryFolder();
  const api = () => {
    const one = new LiveRadarApi(over, { io: testIo({ env: { USER: 'lea' } }), dataDir: folder.path });
    for (let n = 1; n <= 40; n += 1) one.see({ kind: 'radar', time: n * width, key: '', radar: radarOf(n) });
    return one;
  };

  it('remembers the last 36 windows by any time within them', () => {
    expect(api().viewAt(39 * width + 1)?.radar?.start).to.equal(toIso(39 * width));
    expect(api().viewAt(4 * width)?.radar?.events).to.equal(5);
    expect([api().viewAt(4 * width - 1), api().viewAt(40 * width)]).to.deep.equal([null, null]);
  });

  it('keeps an answer under the name that the proxy gave, else the one given, else of whoever runs it', async () => {
    const one = api();
    const ack = { type: 'ack', target: 'aaaa', for_ms: 1000 } as const;
    const marks = [await one.mark(ack, 'oncall'), await one.mark({ ...ack, who: ' ana ' }, null), await one.mark(ack, null)];
    expect(marks.map(({ who }) => who)).to.deep.equal(['oncall', 'ana', 'lea']);
    expect(Date.parse(marks[0]!.until!) - Date.parse(marks[0]!.at)).to.equal(1000);
    expect(one.view().answers).to.have.length(1);
    expect(await one.mark({ type: 'change', target: '', text: 'r214' }, null)).to.include({ target: '', text: 'r214' });
    expect(one.view().changes.map(({ text }) => text)).to.deep.equal(['r214']);
  });

  it('refuses what is about nothing that was shown', async () => {
    for (const ask of [
      api().mark({ type: 'ack', target: 'zzzz' }, null),
      api().pattern('aaaa', null),
      api().episode('zz'),
      api().whyNot('orders', null),
    ])
      expect(await ask.catch((error: unknown) => error)).to.be.instanceOf(CaducusError);
  });
});
