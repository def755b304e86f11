import * as z from 'zod';

const waysSchema = z.object({
  ways: z.object({ password: z.boolean(), elsewhere: z.string().nullable() }),
});
export type WaysIn = z.infer<typeof waysSchema>['ways'];

/** How one signs in here; undefined where nobody has to, or is signed in already. */
export async function waysIn(): Promise<WaysIn | undefined> {
  try {
    const response = await fetch('api/me', { cache: 'no-store' });
    if (response.status !== 401) return undefined;
    return waysSchema.safeParse(await response.json()).data?.ways;
  } catch {
    return undefined;
  }
}

export type SignInResult =
  | { readonly in: true }
  | { readonly in: false; readonly why: 'refused' | 'failed' }
  | { readonly in: false; readonly why: 'too-many'; readonly seconds: number };

export async function signIn(
  proof: { readonly name: string; readonly password: string } | { readonly token: string },
): Promise<SignInResult> {
  try {
    const response = await fetch('sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(proof),
    });
    if (response.ok) return { in: true };
    if (response.status === 429) {
      return { in: false, why: 'too-many', seconds: Number(response.headers.get('retry-after') ?? 60) };
    }
    return { in: false, why: response.status === 401 || response.status === 400 ? 'refused' : 'failed' };
  } catch {
    return { in: false, why: 'failed' };
  }
}

/** Loads the page anew afterwards: nothing of what was theirs stays in its memory. */
export async function signOut(): Promise<void> {
  await fetch('sign-out', { method: 'POST' }).catch(() => undefined);
  location.reload();
}

/** A display on a wall: it signs in by a token and shows nothing but figures. */
export const isKiosk = new URLSearchParams(location.search).has('kiosk');
