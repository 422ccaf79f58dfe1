import { expect } from 'chai';
import { exposition } from '../../../src/cli/telemetry/exposition.ts';
import type { EngineFigures } from '../../../src/engine/look/engineFigures.ts';
import { noCounts } from '../../../src/memory/memoryCounts.ts';

const nothing = { checkpoints: { count: 0, failures: 0, bytes: 0 }, patterns: {}, top: [], memory: noCounts, warnings: [] };

describe('the metrics of a process on an engine', () => {
  let share: EngineFigures;
  const page = exposition(
    'p',
    () => null,
    () => nothing,
    () => 0,
    async () => share,
  );
  const read = async () => (await page.text()).split('\n').filter((line) => line.startsWith('caducus_engine_'));

  it('are what it does, how far behind that is, when it was saved, and the fences it lost', async () => {
    share = {
      isReached: true,
      works: [
        { work: 'desk', owner: 'w1', left: 1, behind: 7, checkpoint: { n: 3, at: 1_500, fence: 9 } },
        { work: 'sequencer', owner: 'w1', left: 1, behind: null, checkpoint: null },
      ],
      superseded: new Map([['partition.1', 2]]),
    };
    expect(await read()).to.have.members([
      'caducus_engine_up{pipeline="p"} 1',
      'caducus_engine_held_work{pipeline="p",work="desk"} 1',
      'caducus_engine_held_work{pipeline="p",work="sequencer"} 1',
      'caducus_engine_behind_messages{pipeline="p",work="desk"} 7',
      'caducus_engine_checkpoint_timestamp_seconds{pipeline="p",work="desk"} 1.5',
      'caducus_engine_superseded_total{pipeline="p",work="partition.1"} 2',
    ]);
  });

  it('show nothing of work that went to others, and say that the engine is away', async () => {
    share = { isReached: false, works: [{ work: 'sequencer' }], superseded: new Map() };
    expect(await read()).to.deep.equal(['caducus_engine_up{pipeline="p"} 0', 'caducus_engine_held_work{pipeline="p",work="sequencer"} 1']);
  });

  it('are not there without an engine', async () => {
    const text = await exposition(
      'p',
      () => null,
      () => nothing,
      () => 0,
    ).text();
    expect(text).not.to.contain('caducus_engine_');
  });
});
