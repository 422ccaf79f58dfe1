import { expect } from 'chai';
import { drainTimeout, pictureStyle, print, printJson, tell, type CliContext } from '../../../src/cli/shared/context.ts';
import { capturedScreen, testIo } from '../../support/testIo.ts';

function context({ isTTY = false, columns = 80, settings = {} } = {}) {
  const io = { ...testIo(), stdout: capturedScreen({ isTTY, columns }) };
  const layered = { settings: { drain_timeout: '30s', ascii: false, time_zone: 'UTC', ...settings } };
  return { io, layered, color: false } as unknown as CliContext & { io: typeof io };
}

describe('what a command prints', () => {
  it('is its lines on stdout, and nothing where there are none', async () => {
    const at = context();
    await print(at, []);
    expect(at.io.stdout.text).to.equal('');
    await print(at, ['a', '', 'b']);
    expect([at.io.stdout.text, at.io.stderr.text]).to.deep.equal(['a\n\nb\n', '']);
  });

  it('as JSON is one line for a program, and set out for a person', async () => {
    const [piped, typed] = [context(), context({ isTTY: true })];
    for (const at of [piped, typed]) await printJson(at, { a: 1 });
    expect(piped.io.stdout.text).to.equal('{"a":1,"schema":1}\n');
    expect(typed.io.stdout.text).to.equal('{\n  "a": 1,\n  "schema": 1\n}\n');
  });

  it('as JSON carries the schema in each record of a list, and in nothing that is no record', async () => {
    for (const [value, is] of [
      [[{ a: 1 }, { schema: 7 }], '[{"a":1,"schema":1},{"schema":7}]\n'],
      [[], '[]\n'],
      [null, 'null\n'],
      ['x', '"x"\n'],
    ] as const) {
      const at = context();
      await printJson(at, value);
      expect(at.io.stdout.text).to.equal(is);
    }
  });

  it('beside its data goes to stderr', async () => {
    const at = context();
    await tell(at, 'reading');
    expect([at.io.stdout.text, at.io.stderr.text]).to.deep.equal(['', 'reading\n']);
  });
});

describe('how a picture is drawn', () => {
  it('is as wide as the terminal, and whole where there is none', () => {
    expect(pictureStyle(context({ isTTY: true, columns: 61 }))).to.include({ columns: 61, uncut: false });
    const piped = pictureStyle(context({ columns: 61 }));
    expect(piped.uncut).to.equal(true);
    expect(piped.columns).to.be.above(61);
  });

  it('is in the characters and the time zone of the settings', () => {
    const at = context({ settings: { ascii: true, time_zone: 'Europe/Berlin' } });
    expect(pictureStyle(at)).to.include({ ascii: true, timeZone: 'Europe/Berlin', color: false });
  });
});

describe('the time a stopped run may take', () => {
  for (const [text, ms] of [
    ['5s', 5_000],
    ['2m', 120_000],
  ] as const) {
    it(`is ${ms} ms for ${text}`, () => {
      expect(drainTimeout(context({ settings: { drain_timeout: text } }))).to.equal(ms);
    });
  }
});
