// Builds dist/: the library with its types (tsc), the bundled program and the page; and that of each package beside it.
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';

rmSync('dist', { recursive: true, force: true });
execFileSync('node_modules/.bin/tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' });
execFileSync(
  'node_modules/.bin/tsc',
  ['-p', 'tsconfig.page.json', '--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--outDir', 'dist'],
  {
    stdio: 'inherit',
  },
);
execFileSync(process.execPath, ['scripts/bundle.mjs', 'dist/bin'], { stdio: 'inherit' });
execFileSync(process.execPath, ['scripts/page.mjs', 'dist/web', 'dist/sheet'], { stdio: 'inherit' });
// They are built as they will be used: with the types of the library that was built above.
for (const name of readdirSync('packages')) {
  rmSync(`packages/${name}/dist`, { recursive: true, force: true });
  execFileSync('node_modules/.bin/tsc', ['-p', `packages/${name}`], { stdio: 'inherit' });
}
