import { type LoadHook, stripTypeScriptTypes } from 'node:module';

/**
 * Hands the sources over as plain JavaScript. Node takes the types out after every hook, and a fuzzer that is to see
 * which branch was taken has to be given something it can read.
 */
export const load: LoadHook = async (url, context, nextLoad) => {
  const loaded = await nextLoad(url, context);
  if (loaded.format !== 'module-typescript' || loaded.source === undefined || loaded.source === null) {
    return loaded;
  }
  const { source } = loaded;
  const text = typeof source === 'string' ? source : new TextDecoder().decode(source);
  return { ...loaded, format: 'module', source: stripTypeScriptTypes(text) };
};
