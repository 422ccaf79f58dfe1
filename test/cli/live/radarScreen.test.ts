import { expect } from 'chai';
import { liveTerminal } from '../../../src/cli/live/radarScreen.ts';
import type { CliContext } from '../../../src/cli/shared/context.ts';
import type { Terminal } from '../../../src/io/terminal.ts';
import { testIo } from '../../support/testIo.ts';
import { partly } from '../../support/typed.ts';

describe('whether there is a live screen', () => {
  const terminal = { takesInput: true } as Terminal;
  const on = (files: string[], given: Terminal | null) =>
    liveTerminal(files, partly<CliContext>({ io: { ...testIo(), terminal: () => given } }));

  it('there is one for files and for what is piped in', () => {
    expect(on(['app.log'], terminal)).to.equal(terminal);
    expect(on(['-'], { ...terminal, takesInput: false })?.takesInput).to.equal(false);
  });

  it('there is none for the store, for what is typed, and without a terminal', () => {
    expect([on([], terminal), on(['-'], terminal), on(['app.log'], null)]).to.deep.equal([null, null, null]);
  });
});
