import { createPrivateKey, X509Certificate } from 'node:crypto';

/** A certificate (with the authorities between) and its key, as PEM. */
export interface CertificatePair {
  readonly cert: string;
  readonly key: string;
}

export interface PairFault {
  readonly at: 'cert' | 'key';
  /** To follow "a file"; holds nothing of the key. */
  readonly words: string;
}

/** Why the two cannot be used together; undefined where they can. */
export function pairFault({ cert, key }: CertificatePair): PairFault | undefined {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(cert);
  } catch {
    return { at: 'cert', words: 'without a certificate: must be PEM ("-----BEGIN CERTIFICATE-----")' };
  }
  try {
    if (certificate.checkPrivateKey(createPrivateKey(key))) return undefined;
  } catch {
    return { at: 'key', words: 'without a key that can be read: must be PEM, without a password' };
  }
  return { at: 'key', words: 'whose key is not that of the certificate' };
}

/** Until when the certificate is good, unix ms. Throws for what `pairFault` refuses. */
export const goodUntilMs = ({ cert }: CertificatePair): number =>
  Date.parse(new X509Certificate(cert).validTo);
