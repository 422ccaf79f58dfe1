import { expect } from 'chai';
import { exposition } from '../../../src/cli/telemetry/exposition.ts';
import { noCounts } from '../../../src/memory/memoryCounts.ts';
import type { Blip } from '../../../src/signal.ts';
import { radarOfGroup } from '../../support/views/viewSamples.ts';

describe('the metrics page', () => {
  let top: readonly Blip[];
  const page = exposition(
    'p',
    () => null,
    () => ({ checkpoints: { count: 0, failures: 0, bytes: 0 }, patterns: {}, top, memory: noCounts, warnings: [] }),
    () => 0,
  );
  const [row] = radarOfGroup.blips;

  it('shows ten rows of the radar, each with the beginning of its pattern', async () => {
    top = Array.from({ length: 12 }, (_, at) => ({ ...row!, topic_id: `row-${at}`, label: 'x'.repeat(300) }));
    const text = await page.text();
    expect(text.match(/^caducus_radar_score\{.*$/gm)).to.have.length(10);
    expect(text).to.contain('x'.repeat(200)).and.not.contain('x'.repeat(201));
  });

  it('shows nothing of a row that is no longer on the radar', async () => {
    top = [{ ...row!, topic_id: 'row-of-before' }];
    expect(await page.text()).to.contain('row-of-before');
    top = [];
    expect(await page.text()).to.not.contain('row-of-before');
  });

  it('keeps what it quotes on one line', async () => {
    top = [{ ...row!, label: 'said "no"\nand \\ left' }];
    expect(await page.text()).to.contain('pattern="said \\"no\\"\\nand \\\\ left"');
  });
});
