// What npm runs after an install in a clone: bundles the program, so that `npx caducus` is there at once. The library with
// its types takes ten times as long and is built before packing. Without the development packages (npm ci --omit=dev)
// there is nothing to build with, which is no reason for the install to fail.
try {
  import.meta.resolve('esbuild');
} catch {
  console.error('caducus: the program is not built, since the development packages are not installed');
  process.exit();
}
await import('./bundle.mjs');
