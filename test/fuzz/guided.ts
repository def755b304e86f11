import { register } from 'node:module';

/**
 * One target under the fuzzer, in a process of its own: `guided.ts TARGET -- ARGUMENTS`. The arguments are libFuzzer's.
 * Only the product's sources are watched for new branches; what a target compares is not.
 */
register('./strip-types.ts', import.meta.url);
const { OptionsManager, OptionSource, startFuzzing } = await import('@jazzer.js/core');

const words = process.argv.slice(2);
const [target = ''] = words;
const fuzzerOptions = words.slice(words.indexOf('--') + 1);
// For a merge, libFuzzer starts itself again by these words, and adds `-- ARGUMENTS`.
const command = JSON.parse(process.env['RINGSIDE_FUZZ_COMMAND'] ?? '[]') as readonly string[];
process.argv = [...command, import.meta.filename, target];

const options = new OptionsManager(OptionSource.DefaultCLIOptions).merge(
  {
    fuzzTarget: new URL(`targets/${target}.ts`, import.meta.url).href,
    includes: ['/src/'],
    excludes: ['node_modules'],
    disableBugDetectors: ['.*'],
    sync: true,
    fuzzerOptions,
  },
  OptionSource.CommandLineArguments,
);
const { returnCode } = await startFuzzing(options);
process.exitCode = returnCode;
