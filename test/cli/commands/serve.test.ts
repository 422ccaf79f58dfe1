import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { incidentLog, quietLog } from '../../../src/cli/demo/demoLog.ts';
import { main } from '../../../src/cli/program.ts';
import { nodeIo } from '../../../src/io.ts';
import type { Mark, PatternAnswer, RadarAnswer } from '../../../src/web/client.ts';
import { serveCommand } from '../../support/servers/servedRadar.ts';
import { temporaryFolder, testIo } from '../../support/testIo.ts';

const headers = (base: string) => ({ origin: base.replace(/\/$/, ''), 'x-caducus': '1' });

const read = async <T>(base: string, path: string): Promise<T> => (await (await fetch(`${base}${path}`)).json()) as T;

/** The board, once the input is read. */
async function board(base: string): Promise<RadarAnswer> {
  for (;;) {
    const view = await read<RadarAnswer>(base, 'api/radar');
    if (view.radar?.open === false && view.lanes.starts.length > 3) return view;
    await nodeIo().sleep(50);
  }
}

describe('caducus serve', () => {
  const folder = temporaryFolder();
  const data = ['--data-dir', folder.file('data')];
  before(() => {
    writeFileSync(folder.file('quiet.log'), quietLog());
    writeFileSync(folder.file('incident.log'), incidentLog());
  });

  it('shows the radar of files, explains a pattern, and keeps what is answered', async () => {
    const { exit } = await serveCommand(['serve', folder.file('quiet.log'), folder.file('incident.log'), ...data], async (base) => {
      const view = await board(base);
      const top = view.radar!.blips[0]!;
      expect(top.parts.map(({ text }) => text).join('')).to.equal(top.pattern);
      const why = await read<PatternAnswer>(base, `api/patterns/${top.topic_id.slice(0, 8)}`);
      expect(why.why.terms.map(({ name }) => name)).to.include('novelty');
      expect(why.context.same_minutes).to.be.an('object');
      const at = await read<RadarAnswer>(base, `api/radar?at=${view.lanes.starts[2]}`);
      expect(at.radar?.start).to.equal(view.lanes.starts[2]);
      const sent = {
        method: 'POST',
        headers: headers(base),
        body: JSON.stringify({ type: 'ack', target: top.topic_id, text: 'swapping', who: 'oncall' }),
      };
      const mark = (await (await fetch(`${base}api/marks`, sent)).json()) as Mark;
      expect(mark).to.include({ type: 'ack', who: 'oncall', text: 'swapping' });
      expect((await read<RadarAnswer>(base, 'api/radar')).answers.map(({ id }) => id)).to.deep.equal([mark.id]);
    });
    expect(exit).to.equal(0);
  });

  it('hears what is said elsewhere', async () => {
    await serveCommand(['serve', folder.file('quiet.log'), ...data], async (base) => {
      const view = await board(base);
      const stream = await fetch(`${base}api/stream`);
      const events = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
      const io = testIo({ env: { HOME: '/nonexistent', USER: 'lea' } });
      expect(
        await main(['note', view.radar!.blips[0]!.topic_id, 'moved to batch', ...data], '0.0.0-test', { ...io, now: nodeIo().now }),
      ).to.equal(0);
      let text = '';
      while (!/event: mark\ndata: .*moved to batch.*\n/.test(text)) {
        const { value, done } = await events.read();
        expect(done, text).to.equal(false);
        text += value;
      }
      await events.cancel();
    });
  });

  it('refuses a stretch of what is no recording', async () => {
    const io = testIo({ env: { HOME: '/nonexistent' } });
    const exit = await main(['serve', folder.file('quiet.log'), '--from', '03:00Z', '--http', '127.0.0.1:0', ...data], '0.0.0-test', {
      ...io,
      net: nodeIo().net,
    });
    expect([exit, io.stderr.text]).to.satisfy(([code, text]: [number, string]) => code === 64 && text.includes('is of a recording'));
  });
});
