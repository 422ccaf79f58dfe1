import { execFile, spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { bundledProgram } from '../../bench/support/program.ts';
import { temporaryFolder } from '../support/testIo.ts';

const run = promisify(execFile);
const home = 'examples/caducus-tickets';

describe("a package of one's own", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const project = folder.file('project');
  const env = { ...process.env, NODE_OPTIONS: '' };
  // Each one file, made from these sources: `caducus`, its program and its library.
  let program: string;
  const libraries: string[] = [];
  const caducus = async (...args: string[]) => (await run(process.execPath, [program, ...args], { cwd: project, env })).stdout;

  before(async () => {
    const modules = `${project}/node_modules`;
    mkdirSync(`${modules}/caducus`, { recursive: true });
    program = await bundledProgram('own-package');
    for (const name of ['index', 'testing']) {
      const library = await bundledProgram(`own-package-${name}`, pathToFileURL(resolve(`src/${name}.ts`)));
      libraries.push(library);
      writeFileSync(`${modules}/caducus/${name}.mjs`, `export * from ${JSON.stringify(pathToFileURL(library).href)};\n`);
    }
    const exports = { '.': './index.mjs', './testing': './testing.mjs' };
    writeFileSync(`${modules}/caducus/package.json`, JSON.stringify({ name: 'caducus', type: 'module', exports }));
    symlinkSync(resolve('node_modules/zod'), `${modules}/zod`);
    cpSync(home, `${modules}/caducus-tickets`, { recursive: true });
    cpSync(`${home}/tickets.yaml`, `${project}/tickets.yaml`);
  });

  after(() => [program, ...libraries].forEach((path) => rmSync(path)));

  for (const name of ['package.json', 'index.mjs', 'tickets.yaml', 'tickets.test.mjs'])
    it(`stands in docs/extending.md as it is run here: ${name}`, () => {
      expect(readFileSync('docs/extending.md', 'utf8')).to.contain(readFileSync(`${home}/${name}`, 'utf8').trim());
    });

  it('passes its tests', async () => {
    const { stdout } = await run(process.execPath, ['--test', '--test-reporter=tap'], {
      cwd: `${project}/node_modules/caducus-tickets`,
      env,
    });
    expect(stdout).to.contain('# pass 4').and.to.contain('# fail 0');
  });

  it('is found by its name: a file names it without --require, list and schema show it', async () => {
    expect(await caducus('validate', 'tickets.yaml')).to.contain('tickets.yaml  ok: 1 source, 4 operators, 1 sink');
    expect(await caducus('list', 'sources', 'tickets')).to.contain('poll_interval  (duration)  default "10s"');
    expect(await caducus('schema')).to.contain('Opens a ticket for each finding.');
  });

  it('runs, and its source goes on where it stood', async () => {
    const asked: string[] = [];
    const waiting = new Set<() => void>();
    const server: Server = createServer((request, response) => {
      asked.push(request.url!);
      for (const wake of waiting) wake();
      const tickets = request.url!.endsWith('after=0')
        ? [{ number: 7, at: '2026-03-14T00:00:01.000Z', team: 'shop', title: 'card declined' }]
        : [];
      response.end(JSON.stringify(tickets));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const until = (holds: () => boolean) =>
      new Promise<void>((resolve) => {
        const look = () => holds() && resolve();
        waiting.add(look);
        look();
      });
    const TICKETS = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const start = () =>
      spawn(process.execPath, [program, 'run', 'tickets.yaml', '--json'], {
        cwd: project,
        env: { ...env, TICKETS },
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    try {
      for (const first of ['/tickets?after=0', '/tickets?after=7']) {
        const before = asked.length;
        const child = start();
        await until(() => asked.length > before);
        child.kill('SIGTERM');
        const [exit] = (await once(child, 'close')) as [number];
        expect([asked[before], exit]).to.deep.equal([first, 0]);
      }
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
