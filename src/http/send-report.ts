import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { ReportAsk } from './journal-ports.ts';

const TYPES: Readonly<Record<ReportAsk['format'], string>> = {
  html: 'text/html; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

/** A report on paper or in a mail has its style in it: that one sheet is let in by its hash, and nothing else. */
export function sendReport(
  reply: FastifyReply,
  { kind, period, format }: ReportAsk,
  text: string,
): FastifyReply {
  void reply.type(TYPES[format]);
  if (format === 'html') {
    void reply.header('content-security-policy', reportPolicy(text));
  } else {
    const name = `ringside-${kind}-${period}.${format}`.replaceAll(/[^\w.-]+/g, '-');
    void reply.header('content-disposition', `attachment; filename="${name}"`);
  }
  return reply.send(text);
}

function reportPolicy(text: string): string {
  const sheets = [...text.matchAll(/<style>([^]*?)<\/style>/g)].map(
    ([, sheet = '']) => `'sha256-${createHash('sha256').update(sheet).digest('base64')}'`,
  );
  const style = sheets.length === 0 ? "'none'" : sheets.join(' ');
  return `default-src 'none'; style-src ${style}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}
