import { expect } from 'chai';
import type { Event, JsonObject } from '../../../src/event.ts';
import { isWorse, readVersion, Versions } from '../../../src/findings/settle/versions.ts';

const minute = 60_000;
const event = (metadata: JsonObject): Event => ({ id: '1', timestamp: '', source: 's', group_id: 'g', text: '', metadata });

describe('versions of a group', () => {
  const cases: [JsonObject, string | null][] = [
    [{ version: 'v1' }, 'v1'],
    [{ 'service.version': '1.2.3' }, '1.2.3'],
    [{ release: 42 }, '42'],
    [{ version: '' }, null],
    [{ version: { major: 1 } }, null],
    [{ version: 'x'.repeat(65) }, null],
    [{}, null],
  ];
  for (const [metadata, version] of cases)
    it(`${JSON.stringify(metadata).slice(0, 40)} names ${version}`, () => expect(readVersion(event(metadata))).to.equal(version));

  it('change when another one comes, or one that was replaced comes back', () => {
    const versions = new Versions();
    const see = (version: string, at: number) => versions.see('g', event({ version }), at * minute);
    expect([see('v1', 0), see('v1', 20), see('v2', 21), see('v1', 22), see('v2', 23)]).to.deep.equal([null, null, 'v2', null, null]);
    expect(see('v2', 60)).to.equal(null);
    expect(see('v1', 61), 'rolled back').to.equal('v1');
  });

  it('are compared by their errors for their lines', () => {
    const versions = new Versions();
    const see = (version: string, level: string, at: number, times: number) => {
      for (let i = 0; i < times; i += 1) versions.see('g', event({ version, level }), at * minute + i);
    };
    expect(versions.compare('g', 'v1')).to.equal(null);
    see('v1', 'info', 0, 90);
    see('v1', 'error', 1, 10);
    see('v2', 'info', 20, 40);
    see('v2', 'error', 21, 5);
    const shares = versions.compare('g', 'v2')!;
    expect(shares).to.deep.equal({ version: 'v2', errors: 5, lines: 45, before: { version: 'v1', errors: 10, lines: 100 } });
    expect(isWorse(shares)).to.equal(false);
    expect(isWorse({ ...shares, errors: 25 })).to.equal(true);
    expect(isWorse({ ...shares, errors: 0 })).to.equal(false);
    expect(isWorse({ version: 'v2', errors: 1, lines: 3, before: { version: 'v1', errors: 0, lines: 5000 } }), 'the first lines').to.equal(
      true,
    );
  });
});
