#!/usr/bin/env node
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
