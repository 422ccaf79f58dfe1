import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { freePort } from '../support/deploy/startedProgram.ts';
import { PageShell, readCommands } from '../support/docs/pageShell.ts';

/** The one command of a page that says so. */
const find = (part: string, page = 'docs/tutorial.md'): string => {
  const found = readCommands(readFileSync(page, 'utf8')).filter((command) => command.includes(part));
  expect(found, part).to.have.length(1);
  return found[0]!;
};

describe('what the tutorial leaves on', function () {
  this.timeout(120_000);
  let shell: PageShell;
  let cwd: string;
  const file = (name: string) => join(cwd, name);

  before(async () => {
    shell = new PageShell();
    cwd = shell.open('tutorial');
    for (const command of ['mkdir radar && cd radar', 'caducus demo init']) ({ cwd } = await shell.run(command, cwd));
    await shell.run('cat earlier.log quiet.log incident.log > app.log', cwd);
  });
  after(() => shell.close());

  it('listens for messages, and gets that of each incident', async () => {
    const port = String(await freePort());
    const receiver = shell.start(find('createServer').replace('9099', port), cwd);
    await receiver.answers(`http://127.0.0.1:${port}/`);
    const { text } = await shell.run(find('PAGE_URL=').replace('9099', port), cwd);
    expect(text).to.match(/\n {4}page +3 +0 +0\b/);
    for (const host of ['dn5', 'dn2']) await receiver.says(new RegExp(`"state":"firing".*Disk failure on ${host}`));
    await receiver.stop();
  });

  it('follows a file, shows it to browsers, ends at Ctrl-C with its summary, and goes on from there', async () => {
    await shell.run('cat earlier.log quiet.log > app.log', cwd);
    const at = `127.0.0.1:${await freePort()}`;
    const run = shell.start(find('--http').replace('127.0.0.1:9464', at), cwd);
    await run.says(new RegExp(`The radar: http://${at}/`));
    appendFileSync(file('app.log'), readFileSync(file('incident.log')));
    await run.answers(`http://${at}/api/radar`, /Disk failure on <host>/);
    await run.says(/\[critical\][^[]*Disk failure on dn2, volume/);
    expect(await run.stop('SIGINT')).to.equal(0);
    expect(run.text).to.match(/\nSUMMARY {2}radar {5}stopped, exit 0 /);
    const { text: rest } = await shell.run('caducus run radar.yaml', cwd);
    expect(rest).to.contain('going on from checkpoint');
    const received = [run.text, rest].map((text) => Number(/\n {2}received +([\d,]+)\n/.exec(text)![1]!.replaceAll(',', '')));
    expect(received[0]! + received[1]!).to.equal(25_417);
  });
});

describe('what the page about alerts leaves on', function () {
  this.timeout(60_000);
  let shell: PageShell;
  before(() => (shell = new PageShell()));
  after(() => shell.close());

  it('listens, takes an alert, and ends at Ctrl-C with its summary', async () => {
    const at = `127.0.0.1:${await freePort()}`;
    const run = shell.start(`LISTEN=${at} ${find('run alerts-radar', 'docs/sources/alerts.md')}`, shell.open('alerts'));
    const alert = { status: 'firing', startsAt: new Date().toISOString(), labels: { alertname: 'DiskFull', severity: 'critical' } };
    const body = JSON.stringify({ version: '4', status: 'firing', alerts: [alert] });
    const send = () => fetch(`http://${at}/`, { method: 'POST', headers: { 'content-type': 'application/json' }, body }).catch(() => null);
    let taken = await send();
    // Until it listens.
    while (taken === null) taken = await send();
    expect(taken.status).to.equal(200);
    expect(await run.stop('SIGINT')).to.equal(0);
    expect(run.text).to.match(/SUMMARY {2}alerts-radar {5}stopped, exit 0 /);
  });
});
