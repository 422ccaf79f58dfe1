import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { temporaryFolder } from '../support/testIo.ts';

const release = JSON.parse(readFileSync('.releaserc.json', 'utf8')) as { plugins: (string | [string, Record<string, unknown>])[] };
const names = release.plugins.map((plugin) => (typeof plugin === 'string' ? plugin : plugin[0]));
const options = (name: string) => release.plugins.find((plugin) => plugin[0] === name)?.[1] as Record<string, unknown>;

interface Workflow {
  jobs: Record<
    string,
    {
      strategy?: { matrix: { node: number[] } };
      permissions?: Record<string, string>;
      steps?: { run?: string; env?: Record<string, string> }[];
    }
  >;
}
const workflow = (name: string) => parse(readFileSync(`.github/workflows/${name}.yml`, 'utf8')) as Workflow;

describe('a release', () => {
  const folder = temporaryFolder();
  const stamp = (version: string) =>
    spawnSync(process.execPath, [resolve('scripts/stampRelease.mjs'), version], { cwd: folder.path, encoding: 'utf8' });

  before(() => {
    mkdirSync(folder.file('deploy/chart'), { recursive: true });
    for (const name of ['package.json', 'package-lock.json', 'deploy/chart/Chart.yaml']) cpSync(name, folder.file(name));
  });

  it('gives the chart its version, and lists what the package needs', () => {
    expect(stamp('3.4.5')).to.include({ status: 0, stderr: '' });
    expect(parse(readFileSync(folder.file('deploy/chart/Chart.yaml'), 'utf8'))).to.include({
      name: 'caducus',
      version: '3.4.5',
      appVersion: '3.4.5',
    });
    const list = JSON.parse(readFileSync(folder.file('caducus.cdx.json'), 'utf8')) as {
      bomFormat: string;
      components: { 'bom-ref': string; group?: string; name: string }[];
      dependencies: { ref: string; dependsOn: string[] }[];
    };
    expect(list.bomFormat).to.equal('CycloneDX');
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> };
    const listed = list.components.map(({ group, name }) => (group === undefined ? name : `${group}/${name}`));
    expect(listed).to.include.members(Object.keys(dependencies)).and.not.to.include('mocha');
    // What one of them needs is listed, too.
    const refs = list.components.map((one) => one['bom-ref']);
    expect(refs).to.include.members(list.dependencies.flatMap(({ dependsOn }) => dependsOn));
    expect(refs.length).to.be.above(2 * Object.keys(dependencies).length);
  });

  it('is of no version that is none', () => {
    rmSync(join(folder.path, 'caducus.cdx.json'), { force: true });
    const { status, stderr } = stamp('next');
    expect({ status, stderr }).to.deep.equal({ status: 64, stderr: 'stampRelease: expected a version such as 1.2.3, got "next"\n' });
  });

  it('is stamped behind the package and before what is committed', () => {
    const [npm, exec, git] = ['@semantic-release/npm', '@semantic-release/exec', '@semantic-release/git'].map((name) =>
      names.indexOf(name),
    );
    expect(npm).to.be.above(-1).and.below(exec!);
    expect(exec).to.be.below(git!);
    expect(options('@semantic-release/git')['assets']).to.include('deploy/chart/Chart.yaml');
    expect(options('@semantic-release/github')['assets']).to.deep.include({
      path: 'caducus.cdx.json',
      label: 'What the package needs (CycloneDX)',
    });
  });

  it('has every plugin that it names installed, at a version that is named', () => {
    const command = workflow('release').jobs['release']!.steps!.find(({ run }) => run?.includes('semantic-release@'))!;
    // These come with semantic-release itself.
    const own = ['commit-analyzer', 'release-notes-generator', 'npm', 'github'].map((name) => `@semantic-release/${name}`);
    for (const name of names.filter((one) => !own.includes(one)))
      expect(command.run).to.match(new RegExp(`--package ${name}@\\d+\\.\\d+\\.\\d+`));
    expect(command.env).to.include({ NPM_CONFIG_PROVENANCE: 'true' });
    expect(workflow('release').jobs['release']!.permissions).to.include({ 'id-token': 'write' });
  });

  it('is checked on each line of Node that is supported', () => {
    expect(workflow('ci').jobs['check']!.strategy!.matrix.node).to.include.members([20, 22, 24]);
    const { installed } = workflow('ci').jobs;
    expect(installed!.strategy!.matrix.node).to.deep.equal([20, 22, 24]);
    expect(installed!.steps!.map(({ run }) => run)).to.include('npx mocha test/package/pack.test.ts');
    expect(workflow('ci').jobs['package']!.steps!.map(({ run }) => run)).to.include('npm run verify:package');
  });
});
