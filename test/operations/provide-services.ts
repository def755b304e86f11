import { provideDebian, type Wanted } from '../pbx/cache.ts';

const FETCHED: Wanted = {
  name: 'services',
  packages: ['systemd', 'docker-compose'],
  program: '/usr/bin/docker-compose',
};
const WHAT_IS_NEEDED =
  'test/operations runs the systemd unit under a real systemd, and reads the compose file with the real docker-compose, ' +
  'both out of Debian packages, which takes root, apt-get, dpkg-deb, util-linux, iproute2 and overlayfs, and a Debian ' +
  'mirror in reach of apt.';

/** Folder of a Debian with systemd and docker-compose in it, fetched where it is not there yet (a minute). */
export const provideServices = (): Promise<string> => provideDebian(FETCHED, WHAT_IS_NEEDED);
