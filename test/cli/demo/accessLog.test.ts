import { expect } from 'chai';
import { accessLog, outageStart, shopEnd, shopStart } from '../../../src/cli/demo/accessLog.ts';

const line =
  /^203\.0\.113\.\d+ - - \[(\d\d)\/Mar\/2026:([\d:]{8}) \+0000\] "(GET|POST) (\/\S*) HTTP\/1\.1" (\d{3}) (\d+) "-" "Mozilla[^"]+"$/;

describe('the web server of the demo', () => {
  const requests = accessLog()
    .trimEnd()
    .split('\n')
    .map((text) => {
      const [, day, clock, method, path, status] = line.exec(text) ?? [];
      return { time: Date.parse(`2026-03-${day}T${clock}Z`), what: `${method} ${path}`, status };
    });
  const statuses = (what: string, from: number, to: number) =>
    new Set(requests.filter((one) => one.what.startsWith(what) && one.time >= from && one.time < to).map(({ status }) => status));

  it('writes the format that web servers write, in order of time, within its hour', () => {
    const times = requests.map(({ time }) => time);
    expect(times).to.deep.equal(times.toSorted((a, b) => a - b));
    expect(times[0]).to.be.at.least(shopStart);
    expect(times.at(-1)).to.be.below(shopEnd);
  });

  it('takes every checkout until the outage, and none from then on', () => {
    expect(statuses('POST /checkout', shopStart, outageStart)).to.deep.equal(new Set(['200']));
    // Stamps have whole seconds.
    expect(statuses('POST /checkout', outageStart + 1000, shopEnd)).to.deep.equal(new Set(['502']));
    expect(statuses('GET /orders', outageStart + 1000, shopEnd)).to.deep.equal(new Set());
    expect(statuses('GET /', outageStart, shopEnd)).to.deep.equal(new Set(['200', '404']));
  });
});
