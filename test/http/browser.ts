/** As much of a browser as signing in takes: cookies by host and name, redirects followed, forms sent. */
export class Browser {
  readonly #cookies = new Map<string, Map<string, string>>();
  /** `Set-Cookie` of all answers, as they came. */
  readonly setCookies: string[] = [];

  get(url: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.#ask(url, { method: 'GET', headers });
  }

  post(url: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
    return this.#ask(url, {
      method: 'POST',
      headers: {
        origin: new URL(url).origin,
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      body: new URLSearchParams(form).toString(),
    });
  }

  async #ask(url: string, how: RequestInit): Promise<Response> {
    const { host } = new URL(url);
    const jar = this.#cookies.get(host) ?? new Map<string, string>();
    this.#cookies.set(host, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(how.headers as Record<string, string>), ...(cookie !== '' && { cookie }) };
    const answer = await fetch(url, { ...how, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) {
      this.setCookies.push(line);
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /max-age=0|expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    const location = answer.headers.get('location');
    if (answer.status < 300 || answer.status >= 400 || location === null) return answer;
    await answer.arrayBuffer();
    return this.#ask(new URL(location, url).href, { method: 'GET', headers: {} });
  }
}
