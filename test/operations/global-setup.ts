import type { TestProject } from 'vitest/node';
import { provideTools, type Tools } from './provide-tools.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Prometheus, Alertmanager and what comes with them. */
    tools: Tools;
  }
}

/** Once for all files of test/operations: the programs, or the whole run fails and says why. */
export default async function setup(project: TestProject): Promise<void> {
  project.provide('tools', await provideTools());
}
