import { expect } from 'chai';
import { formatFrom, type InputFlags } from '../../../src/cli/input/inputFlags.ts';
import { CaducusError } from '../../../src/errors.ts';
import { caducus } from '../../support/caducus.ts';
import { temporaryFolder } from '../../support/testIo.ts';

const flags = (given: Partial<InputFlags>): InputFlags => ({ by: 'group_id', ...given });

describe('the format that flags ask for', () => {
  it('is left to the reader without any', () => expect(formatFrom(flags({}), undefined, 'lines')).to.equal(undefined));
  it('is the one that is named', () => expect(formatFrom(flags({ format: 'csv' }), undefined, 'lines')).to.equal('csv'));
  it('takes the zone and the year of its stamps', () =>
    expect(formatFrom(flags({ year: 2024 }), 'Europe/Berlin', 'lines')).to.deep.equal({ auto: { timeZone: 'Europe/Berlin', year: 2024 } }));
  it('takes the fields', () =>
    expect(formatFrom(flags({ format: 'ndjson', fields: { text: 'what' } }), undefined, 'lines')).to.deep.equal({
      ndjson: { fields: { text: 'what' } },
    }));
  it('refuses a year where stamps name it always', () =>
    expect(() => formatFrom(flags({ format: 'journald', year: 2024 }), undefined, 'lines')).to.throw(CaducusError, '--year'));
});

describe('flags that say how an input is read', () => {
  const folder = temporaryFolder();
  const refused = async (...args: string[]) => {
    const { exit, err } = await caducus(['inspect', 'fixtures/demo_hdfs_sample.csv', '--data-dir', folder.path, ...args]);
    expect(exit).to.equal(64);
    return err;
  };
  it('say what was meant', async () => {
    expect(await refused('--format', 'jounald'))
      .to.contain('"jounald" is no format')
      .and.to.contain('did you mean "journald"?');
    expect(await refused('--fields', 'tme=ts'))
      .to.contain('"tme" is no part of a record')
      .and.to.contain('did you mean "time"?');
    expect(await refused('--fields', 'time')).to.contain('"time" names no field');
    expect(await refused('--year', '24')).to.contain('"24" is no year');
    expect(await refused('--feilds', 'time=ts')).to.contain('did you mean "--fields"?');
  });
  it('name the fields there are where none has what makes a group', async () => {
    expect(await refused('--by', 'nosuch'))
      .to.contain('no record has a field "nosuch"')
      .and.to.contain('fields: group_id, source');
    expect(await refused('--by', 'componnent')).to.contain('did you mean "component"?');
    expect(await refused('--by', '{x')).to.contain('has a { without its }');
  });
});
