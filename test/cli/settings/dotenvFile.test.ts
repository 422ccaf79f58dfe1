import { expect } from 'chai';
import { readDotenv, refuseSlips } from '../../../src/cli/settings/dotenvFile.ts';
import { CaducusErrors, type CaducusError } from '../../../src/errors.ts';
import type { Io } from '../../../src/io.ts';

const folder = (text: string | null) =>
  ({
    files: {
      stat: () => Promise.resolve(text === null ? null : { isFile: () => true }),
      readText: () => Promise.resolve(text),
    },
  }) as unknown as Pick<Io, 'files'>;
const read = async (text: string | null) => {
  const { values, lines } = await readDotenv(folder(text));
  return [values, Object.fromEntries(lines)];
};

describe('.env', () => {
  it('is empty where there is none', async () => {
    expect(await read(null)).to.deep.equal([{}, {}]);
  });

  it('sets names, the last one winning, with the line of that', async () => {
    expect(await read('# a\nA=1\n\nexport B="x y"\r\nC: 3\nA=4 # why\n')).to.deep.equal([
      { A: '4', B: 'x y', C: '3' },
      { A: 6, B: 4, C: 5 },
    ]);
  });

  it('has values over several lines between quotes, in which nothing is set', async () => {
    expect(await read('KEY="one\nB=2\nthree"\nC=1\n')).to.deep.equal([
      { KEY: 'one\nB=2\nthree', C: '1' },
      { KEY: 1, C: 4 },
    ]);
  });

  it('is refused with every line that sets nothing, none of which is quoted', async () => {
    const error = await read('A=1\nhunter2\n#ok\n  B\n').catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(CaducusErrors);
    const { errors } = error as CaducusErrors;
    expect(errors.map(({ where, what }) => `${where.line} ${what}`)).to.deep.equal([
      '2 this line sets nothing',
      '4 this line sets nothing',
    ]);
    expect(JSON.stringify(errors.map((one) => [one.message, one.hint]))).to.not.include('hunter2');
  });
});

describe('variables', () => {
  const slip = (name: string) => {
    try {
      refuseSlips({ [name]: 'x' }, (of) => ({ path: of }));
      return 'fine';
    } catch (error) {
      return (error as CaducusError).hint;
    }
  };

  it('that are nearly one of ours are refused with the one that was meant', () => {
    expect(slip('CADUCUS_DATA_DRI')).to.equal('did you mean "CADUCUS_DATA_DIR"?');
  });

  for (const name of ['CADUCUS_DATA_DIR', 'CADUCUS_OF_ANOTHER_FILE_ALTOGETHER', 'DATA_DRI', 'caducus_data_dri']) {
    it(`such as ${name} are not`, () => {
      expect(slip(name)).to.equal('fine');
    });
  }
});
