import * as z from 'zod';
import { ROLES } from '../access/who.ts';
import { listOf, path, text, whole } from './setting.ts';

const role = (description: string) => z.enum(ROLES).meta({ description });

const names = (description: string, expected: string) =>
  z
    .union([z.literal('all'), z.array(text({ description: 'A name, as in this file.' }))])
    .meta({ description, expected });

/** What somebody sees; left out, everything. */
const sees = z
  .strictObject({
    hotlines: names('Hotlines by name; by default all.', 'all, or a list of hotlines').default('all'),
    queues: names(
      'Queues by name, and the seats that are members of them; by default all.',
      'all, or a list of queues',
    ).default('all'),
    seats: listOf(
      text({ description: 'The name or interface of a seat.' }),
      'Seats beside the members of those queues.',
    ),
  })
  .prefault({})
  .meta({ description: 'What is theirs; nothing of anything else is shown or told. Left out: everything.' });

const user = z.strictObject({
  name: text({
    description: 'What they sign in by, and what the audit names.',
    expected: 'a name on one line',
  }),
  title: text({ description: 'How people call them; by default the name.' }).optional(),
  password: text({
    description:
      'What `ringside user password` printed, in quotes. Without it only the sign-in elsewhere (`oidc`).',
    expected: 'the line "ringside user password" prints',
    secret: true,
  }).optional(),
  role: role(
    '`viewer` looks; `leader` moves seats, acknowledges and closes call-backs too; `admin` reads the audit too.',
  ),
  sees,
});

const token = z.strictObject({
  name: text({ description: 'What the machine is called.', expected: 'a name on one line' }),
  for: z.enum(['metrics', 'kiosk']).meta({
    description:
      '`metrics` reads /metrics (`Authorization: Bearer`); `kiosk` is a display on a wall, opened at `/?kiosk`.',
  }),
  token: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/)
    .meta({
      description: 'What `ringside token new` printed to put here; the token itself stays with the machine.',
      expected: 'the line "ringside token new" prints, which begins with "sha256:"',
      secret: true,
    }),
  sees,
});

const group = z.strictObject({
  group: text({ description: 'The group, as the claim says it.' }),
  role: role('What its members may do.'),
  sees,
});

const oidc = z
  .strictObject({
    issuer: z
      .string()
      .regex(/^https?:\/\/[^\s?#]+$/)
      .meta({
        description: 'Address of the server people sign in at.',
        expected: 'an address such as https://login.example.net/realms/main',
      }),
    clientId: text({ description: 'What Ringside is called there.' }),
    clientSecretFile: path('File that holds the secret of it, mode 600.'),
    title: text({ description: 'What this way in is called on the sign-in page.' }).default('Single sign-on'),
    scope: text({ description: 'What is asked for.' }).default('openid profile'),
    nameClaim: text({ description: 'Claim that holds the name of a user.' }).default('preferred_username'),
    groupsClaim: text({ description: 'Claim that lists the groups.' }).default('groups'),
    groups: listOf(
      group,
      'Groups whose members get in without being named under `users`, by the first that fits.',
    ),
  })
  .meta({
    description: 'Sign-in elsewhere, by OpenID Connect; goes back to `http.url` + /sign-in/callback.',
  });

/** Who may see and do what. */
export const accessSchema = z
  .strictObject({
    users: listOf(
      user,
      'Who may sign in. Without any, and without `oidc`, everybody on this machine is let in and nobody else.',
    ),
    unmask: z
      .array(z.enum(ROLES))
      .default(['leader', 'admin'])
      .meta({
        description: "Roles that may see a caller's number, one at a time, each look recorded.",
        expected: `a list of ${ROLES.join(', ')}`,
      }),
    local: role('Role of whoever is on this machine while there are no users.').default('viewer'),
    sessionHours: whole(1, 168, 'hours', 'How long one stays signed in.').default(12),
    origins: listOf(
      z
        .string()
        .regex(/^https?:\/\/[^\s/?#]+$/)
        .meta({
          description: 'As the browser says it, without a path.',
          expected: 'an origin such as https://wall.example.net',
        }),
      'Pages of others that may open the live connection.',
    ),
    tokens: listOf(token, 'Machines that ask.'),
    oidc: oidc.optional(),
  })
  .prefault({})
  .meta({ description: 'Who may see and do what.' });

export type AccessSettings = z.infer<typeof accessSchema>;
