import * as z from 'zod';
import { flag, path, text } from './setting.ts';

const port = (description: string): z.ZodInt =>
  z.int().min(0).max(65_535).meta({ description, expected: 'a port from 0 to 65535' });

const tls = z
  .strictObject({
    certFile: path('PEM file of the certificate, the authorities between behind it.'),
    keyFile: path('PEM file of its key, mode 600.'),
  })
  .meta({
    description: 'Present: HTTPS alone. Both files are read again when they change, without a restart.',
  });

/** Where pages and addresses are answered. */
export const httpSchema = z
  .strictObject({
    host: text({
      description: 'Address to listen on. Another than loopback takes `tls` and users (`access`).',
      expected: 'an address of this machine',
    }).default('127.0.0.1'),
    port: port('Port to listen on; 0 for any free one.').default(9810),
    tls: tls.optional(),
    url: z
      .string()
      .regex(/^https?:\/\/(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?\/?$/)
      .meta({
        description: 'Where people open it, where that is not the address above: the proxy in front of it.',
        expected: 'an address without a path, such as https://ringside.example.net',
      })
      .optional(),
  })
  .prefault({})
  .meta({ description: 'Where Ringside answers.' });

/** What is exported, and where. */
export const metricsSchema = z
  .strictObject({
    perSeat: flag(
      'Series for each seat: many of them, and about people. Ask before switching it on.',
    ).default(false),
    host: text({
      description: 'Address to listen on for /metrics alone, with `metrics.port`.',
      expected: 'an address of this machine',
    }).default('127.0.0.1'),
    port: port('Port of its own for /metrics; 0 for any free one. Absent: on `http.port`.').optional(),
    allowPlain: flag(
      'Whether /metrics is answered on `metrics.host` without TLS and without a token, to private addresses alone.',
    ).default(false),
  })
  .prefault({})
  .meta({ description: 'What is exported.' });
