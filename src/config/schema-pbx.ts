import * as z from 'zod';
import { queueLogSchema } from './schema-journal.ts';
import { channelInterface, flag, labelName, listOf, phoneNumber, seconds, text } from './setting.ts';

/** A secret in exactly one of three ways; that it is exactly one is checked in secret-choice.ts. */
const secretChoice = {
  secretFile: text({
    description:
      'File that holds the secret and nothing else (a line end is cut off). A relative path starts from the directory of this file.',
    expected: 'the path of a file',
  }).optional(),
  secretEnv: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
    .meta({
      description: 'Environment variable that holds the secret.',
      expected: 'the name of an environment variable',
      secret: true,
    })
    .optional(),
  secret: text({
    description: 'The secret itself. Better in a file or a variable: this file is read by more people.',
    expected: 'text on one line',
    secret: true,
  }).optional(),
};

const user = (description: string): z.ZodString => text({ description, expected: 'the name of an AMI user' });

const tls = z
  .strictObject({
    caFile: text({
      description: "PEM file of authorities to trust besides the system's.",
      expected: 'the path of a PEM file',
    }).optional(),
    serverName: text({
      description: 'Name the certificate must be for; by default the host.',
      expected: 'a host name',
    }).optional(),
    verify: flag(
      'Whether the certificate must be good. Only false for a self-signed one on a private wire.',
    ).default(true),
  })
  .meta({
    description: 'Present: the connection is encrypted (`tls: {}` for the defaults). Absent: plain TCP.',
  });

const acting = z
  .strictObject({
    user: user('AMI user that moves seats: `read =` nothing, `write = agent`.'),
    ...secretChoice,
  })
  .meta({ description: 'Second login, for moving seats. Absent: seats are watched and never moved.' });

const ami = z
  .strictObject({
    host: text({ description: 'Where the exchange listens for AMI.', expected: 'a host name or an address' }),
    port: z
      .int()
      .min(1)
      .max(65_535)
      .meta({
        description: 'Port of AMI; by default 5038, with TLS 5039.',
        expected: 'a port from 1 to 65535',
      })
      .optional(),
    user: user(
      'AMI user that reads: `read = system,call,agent,dialplan`, `write = reporting` (config/asterisk has it ready).',
    ),
    ...secretChoice,
    tls: tls.optional(),
    acting: acting.optional(),
  })
  .meta({ description: 'How to reach the exchange.' });

const trunk = z.strictObject({
  name: labelName('What the trunk is called here and in metrics.'),
  interface: channelInterface('Its channels\' name up to the last "-"; for an ISDN span without the number.'),
  lines: z
    .int()
    .min(1)
    .max(100_000)
    .meta({
      description: 'Calls it can carry at once. Without it, lines in use are shown of nothing.',
      expected: 'a whole number of lines',
    })
    .optional(),
  interExchange: flag('Internal traffic with another exchange: its calls reach no hotline.').default(false),
  person: flag(
    "Whether an answer on a call sent out over it is a person's (night duty on a mobile: yes).",
  ).default(true),
});

const queue = z.strictObject({
  name: text({ description: 'As in queues.conf.', expected: 'the name of a queue' }),
  wrapupS: seconds(
    0,
    3_600,
    "The queue's own wrapuptime, which AMI never says; without it a seat after a talk is shown idle.",
  ).optional(),
  emergency: flag('An emergency queue: scored at all hours.').default(false),
});

const seat = z.strictObject({
  interface: channelInterface("The phone's interface, the state interface where the queue has one."),
  name: text({ description: 'How people call the place; by default the interface.' }).optional(),
});

/** One exchange: how to reach it and what of it is watched. */
export const pbxSchema = z.strictObject({
  name: labelName('What the exchange is called here and in metrics.'),
  ami,
  trunks: listOf(trunk, 'Lines to the outside and to other exchanges.'),
  notPersonNumbers: listOf(
    phoneNumber('An outside number, as dialled.'),
    "Outside numbers whose answer is not a person's: an announcement service, a fax.",
  ),
  queues: listOf(queue, 'Queues that hotlines use, and what AMI does not say of them.'),
  seats: listOf(seat, 'Names for phones, and phones to watch that are in no queue.'),
  queueLog: queueLogSchema.optional(),
});
