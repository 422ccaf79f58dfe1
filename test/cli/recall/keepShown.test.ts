import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { keepShown } from '../../../src/cli/recall/keepShown.ts';
import type { Signal } from '../../../src/signal.ts';
import { readShown, shownFile } from '../../../src/store/shown.ts';
import { temporaryFolder, testIo } from '../../support/testIo.ts';
import { radarOfGroup } from '../../support/views/viewSamples.ts';

const radar: Signal = { kind: 'radar', time: Date.parse(radarOfGroup.end), key: '', radar: radarOfGroup };

describe('what a run has shown', () => {
  const folder = temporaryFolder();
  let made = 0;
  const open = () => {
    const dataDir = folder.file(`d${(made += 1)}`);
    const io = testIo();
    return { io, dataDir, shown: keepShown({ io, dataDir }), ids: () => readShown(io.files, dataDir).map(({ id }) => id) };
  };

  it('is kept at the end, every row of the radar', () => {
    const { shown, ids } = open();
    shown.see(radar);
    shown.write();
    expect(ids()).to.include.members(radarOfGroup.blips.map(({ topic_id: id }) => id));
    expect(shown.failure).to.equal(null);
  });

  it('is kept two seconds after it was seen, although nothing follows', () => {
    const { io, shown, dataDir } = open();
    shown.see(radar);
    io.advance(1_900);
    shown.settle();
    expect(existsSync(shownFile(dataDir))).to.equal(false);
    io.advance(100);
    shown.settle();
    expect(existsSync(shownFile(dataDir))).to.equal(true);
  });

  it('is not written without anything new', () => {
    const { io, shown, dataDir } = open();
    shown.write();
    expect(existsSync(shownFile(dataDir))).to.equal(false);
    shown.see(radar);
    shown.write();
    rmSync(shownFile(dataDir));
    io.advance(10_000);
    shown.settle();
    shown.write();
    expect(existsSync(shownFile(dataDir))).to.equal(false);
  });

  it('ends no run where it cannot be written; why is kept until it can', () => {
    const { shown, dataDir } = open();
    writeFileSync(dataDir, 'in the way');
    shown.see(radar);
    shown.write();
    expect(shown.failure)
      .to.have.property('code')
      .that.matches(/^CAD\d{3}$/);
    rmSync(dataDir);
    shown.see({
      ...radar,
      radar: { ...radarOfGroup, blips: radarOfGroup.blips.map((blip) => ({ ...blip, topic_id: `${blip.topic_id}x` })) },
    });
    shown.write();
    expect(shown.failure).to.equal(null);
  });
});
