import { access } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { unbuiltPage } from './sign-in-page.ts';

/** Its name holds a hash of what is in it: it never changes. */
const ASSETS = '/assets/*';
/** Beside them: what a page of its own may have. */
const BESIDE = '/:file(^[a-z0-9-]+\\.(?:svg|png|ico|webmanifest)$)';

/** The leaders' page from the folder it was built into. It holds no figure, so it is answered to whoever asks. */
export function addBoardPage(server: FastifyInstance, folder: string): void {
  server.register(fastifyStatic, { root: folder, serve: false, index: false, dotfiles: 'ignore' });
  server.get('/', { config: { isOpen: true } }, async (_request, reply) => {
    if (await isThere(join(folder, 'index.html')))
      return reply.sendFile('index.html', { cacheControl: false });
    return reply.code(503).type('text/html; charset=utf-8').send(unbuiltPage());
  });
  server.get<{ Params: { '*': string } }>(ASSETS, { config: { isOpen: true } }, (request, reply) =>
    reply.sendFile(`assets/${request.params['*']}`, { maxAge: '365d', immutable: true }),
  );
  server.get<{ Params: { file: string } }>(BESIDE, { config: { isOpen: true } }, (request, reply) =>
    reply.sendFile(request.params.file, { cacheControl: false }),
  );
}

async function isThere(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}
