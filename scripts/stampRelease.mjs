// What a release carries beside the package: `node scripts/stampRelease.mjs VERSION`, called by semantic-release once
// package.json has the version. The chart gets it, and caducus.cdx.json lists what the package needs (CycloneDX).
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const version = process.argv[2];
if (!/^\d+\.\d+\.\d+(?:-[\w.-]+)?$/.test(version ?? '')) {
  console.error(`stampRelease: expected a version such as 1.2.3, got ${JSON.stringify(version ?? '')}`);
  process.exit(64);
}

const chart = 'deploy/chart/Chart.yaml';
const stamped = readFileSync(chart, 'utf8')
  .replace(/^version: .*$/m, `version: ${version}`)
  .replace(/^appVersion: .*$/m, `appVersion: "${version}"`);
writeFileSync(chart, stamped);

/** Names with versions of all that a tree of `npm ls` holds. */
const namesIn = ({ dependencies = {} }) =>
  Object.entries(dependencies).flatMap(([name, below]) => (below.version ? [`${name}@${below.version}`, ...namesIn(below)] : []));

// In a folder of its own without workspaces, whose packages are not this one's. `npm sbom --omit dev` (11.19) passes over
// what a dependency needs, so all is listed, and what `npm ls` has of it is kept.
const read = (name) => JSON.parse(readFileSync(name, 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'caducus-sbom-'));
const npm = (...args) =>
  JSON.parse(execFileSync('npm', [...args, '--package-lock-only'], { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 }));
try {
  const { workspaces: _, ...own } = read('package.json');
  const { packages, ...lock } = read('package-lock.json');
  const { workspaces: __, ...root } = packages[''];
  const kept = Object.entries(packages).filter(([path, { link }]) => !path.startsWith('packages/') && !link);
  const locked = { ...lock, version, packages: { ...Object.fromEntries(kept), '': { ...root, version } } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...own, version }));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(locked));
  const needed = new Set(namesIn(npm('ls', '--all', '--omit=dev', '--json')));
  const { components, dependencies, ...list } = npm('sbom', '--sbom-format', 'cyclonedx');
  const isNeeded = (ref) => needed.has(ref) || ref === list.metadata.component['bom-ref'];
  list.components = components.filter((one) => isNeeded(one['bom-ref']));
  list.dependencies = dependencies
    .filter(({ ref }) => isNeeded(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(isNeeded) }));
  writeFileSync('caducus.cdx.json', `${JSON.stringify(list, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
