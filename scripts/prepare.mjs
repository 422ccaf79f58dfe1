// What npm runs after an install in a clone: bundles the program, so that `npx caducus` is there at once. The library with
// its types takes ten times as long and is built before packing. An install does not fail for it: without the development
// packages (npm ci --omit=dev) there is nothing to build with, and what is broken in the sources `npm run build` tells.
try {
  await import('./bundle.mjs');
  const { buildPage, buildSheet } = await import('./page.mjs');
  await buildPage('dist/web');
  await buildSheet('dist/sheet');
} catch (error) {
  const why = error.code === 'ERR_MODULE_NOT_FOUND' ? 'the development packages are not installed' : String(error.message).split('\n')[0];
  console.error(`caducus: the program is not built: ${why}`);
}
