#!/usr/bin/env -S node --max-semi-space-size=4
// What is made for one event lives no longer than it, so a small nursery is enough (4 MB, here and wherever the program
// is started; the engine reads it at its own start only). Left alone it grows to 16 MB, and the resident memory by a
// multiple of that.
// Plain JavaScript on purpose: an older Node must be able to read this far and say which version is needed.
const WANTED = [24, 21];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < WANTED[0] || (major === WANTED[0] && minor < WANTED[1])) {
  process.stderr.write(
    `ringside needs Node.js ${WANTED.join('.')} or later; this is ${process.versions.node}.\n` +
      'After "npm ci" the right one is in node_modules: start with "npm start" or "npx ringside".\n',
  );
  process.exitCode = 1;
} else {
  const { main } = await import('./main.ts');
  process.exitCode = await main(process.argv.slice(2));
}
