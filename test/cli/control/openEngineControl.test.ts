import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { controlPath } from '../../../src/cli/control/controlPath.ts';
import { openEngineControl } from '../../../src/cli/control/openEngineControl.ts';
import { RunLook } from '../../../src/cli/live/runLook.ts';
import { caducus } from '../../support/caducus.ts';
import { blipSignal, findingSignal } from '../../support/blips.ts';
import { controlledRuns } from '../../support/live/control.ts';

describe('speaking to a process that writes the output of a pipeline on an engine', () => {
  const runs = controlledRuns();
  const ask = (...command: string[]) => caducus([...command, '--data-dir', runs.dataDir]);

  it('top sees what left the desk; tap and reload say what to do instead', async () => {
    await mkdir(join(runs.dataDir, 'state', 'p'), { recursive: true });
    const look = new RunLook('p', runs.io);
    for (const signal of [blipSignal('t', 60_000), findingSignal('f', 60_000)]) look.see(signal);
    const leave = await openEngineControl({ pipeline: 'p', look, figures: () => null }, runs.context());
    const { out } = await ask('top', 'p', '--json');
    expect(JSON.parse(out)).to.deep.include({ subject: 'p' });
    expect(out).to.contain('"f"');
    for (const [command, hint] of [
      ['tap', 'caducus top'],
      ['reload', 'caducus reload FILE --engine URL'],
    ] as const) {
      const { exit, err } = await ask(command, 'p');
      expect([exit, err.includes(hint)], err).to.deep.equal([64, true]);
    }
    await leave();
    expect(existsSync(controlPath(runs.io, runs.dataDir, 'p'))).to.equal(false);
    expect((await ask('top', 'p')).exit).to.equal(64);
  });
});
