// Builds dist/: the library with its types (tsc), and the bundled program.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';

rmSync('dist', { recursive: true, force: true });
execFileSync('node_modules/.bin/tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' });
execFileSync(process.execPath, ['scripts/bundle.mjs', 'dist/bin'], { stdio: 'inherit' });
