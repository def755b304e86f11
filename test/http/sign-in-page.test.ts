import { describe, expect, it } from 'vitest';
import { MESSAGES } from '../../src/board/words/board-words.ts';
import { Door } from '../../src/access/door.ts';
import { PasswordDesk } from '../../src/access/password-desk.ts';
import { faultWords, SIGN_IN_WORDS, signInLanguage } from '../../src/http/sign-in-words.ts';
import { LANGUAGES } from '../../src/lib/languages.ts';
import { someToken, someUser } from '../access/some-users.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { someAccess, someServer } from './some-server.ts';

const serve = (users = [someUser()]) =>
  someServer({
    // It knows no password, at once.
    desk: new PasswordDesk(new VirtualClock(), () => Promise.resolve(false)),
    door: new Door({
      access: someAccess({ users, tokens: [someToken()] }),
      clock: new VirtualClock(),
      scheme: 'http',
    }),
  });
const read = async (url: string, headers: Record<string, string> = {}) =>
  serve().inject({ url, headers: { host: '127.0.0.1', ...headers } });
const send = async (url: string, form: Record<string, string>, language = 'en') =>
  serve().inject({
    method: 'POST',
    url,
    headers: {
      host: '127.0.0.1',
      origin: 'http://127.0.0.1',
      'accept-language': language,
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: new URLSearchParams(form).toString(),
  });

describe('the language of the way in', () => {
  it.each([
    [undefined, undefined, 'en'],
    [undefined, '', 'en'],
    [undefined, '*', 'en'],
    [undefined, 'es-MX,es;q=0.9,en;q=0.8', 'es'],
    [undefined, 'en;q=0.2, zh-TW;q=0.9', 'zh-Hant'],
    [undefined, 'zh-CN,zh;q=0.9', 'zh-Hans'],
    [undefined, 'zh-HK', 'zh-Hant'],
    [undefined, 'de, es;q=0', 'en'],
    [undefined, 'de;q=x, es;q=0.1', 'es'],
    ['zh-Hant', 'es', 'zh-Hant'],
    ['xx', 'es', 'es'],
    [['es'], 'zh', 'zh-Hans'],
  ])('lang=%j and Accept-Language %j are %s', (asked, header, language) => {
    expect(signInLanguage(asked, header)).toBe(language);
  });

  it.each(LANGUAGES)('is that of the whole page, in the words of the board: %s', async (language) => {
    const words = SIGN_IN_WORDS[language];
    const board = MESSAGES[language];
    expect(words).toMatchObject({
      title: board['sign-in.title'],
      name: board['sign-in.name'],
      password: board['sign-in.password'],
      enter: board['sign-in.enter'],
      token: board['sign-in.token'],
      show: board['sign-in.show'],
      faults: {
        'wrong-password': board['sign-in.refused'],
        'wrong-token': board['sign-in.wrong-token'],
        'too-many': board['sign-in.too-many'],
      },
    });
    const answer = await read('/sign-in', { 'accept-language': language });
    expect(answer.headers).toMatchObject({ 'content-language': language, vary: 'accept-language' });
    expect(answer.body).toContain(`<html lang="${language}">`);
    for (const said of [words.title, words.name, words.password, words.enter])
      expect(answer.body).toContain(`>${said}<`);
    const kiosk = (await read(`/sign-in?kiosk&lang=${language}`)).body;
    for (const said of [words.token, words.show]) expect(kiosk).toContain(`>${said}<`);
  });

  it.each(LANGUAGES)('is that of what was wrong: %s', async (language) => {
    const refused = await send('/sign-in', { name: 'nobody', password: 'wrong' }, language);
    expect(refused.statusCode).toBe(401);
    expect(refused.body).toContain(`✕ ${faultWords('wrong-password', language)}`);
    const none = await send('/sign-in', {}, language);
    expect([none.statusCode, none.body]).toEqual([
      400,
      expect.stringContaining(faultWords('no-try', language)),
    ]);
    const token = await send('/sign-in', { token: 'wrong' }, language);
    expect(token.body).toContain(faultWords('wrong-token', language));
  });

  it('stays chosen through a try that failed, and keeps where to go on', async () => {
    const shown = await read('/sign-in?lang=es&next=/status', { 'accept-language': 'zh-CN' });
    expect(shown.body).toContain('action="/sign-in?lang=es"');
    expect(shown.body).toContain('href="/sign-in?lang=zh-Hant&amp;next=%2Fstatus"');
    const again = await send('/sign-in?lang=es', { name: 'li.na', password: 'x', next: '/status' }, 'zh-CN');
    expect(again.body).toContain('<html lang="es">');
    expect(again.body).toContain('name="next" value="/status"');
  });
});

describe('the way in', () => {
  it('says by its labels what is asked, and ties what was wrong to where it is typed', async () => {
    const { body } = await send('/sign-in', { name: 'li.na', password: 'wrong' });
    for (const name of ['name', 'password']) {
      expect(body).toMatch(new RegExp(`<label for="${name}">`));
      expect(body).toMatch(new RegExp(`<input\\s+id="${name}"[^>]*aria-describedby="fault"`));
    }
    expect(body).toMatch(/<p class="alarm" id="fault" role="alert">/);
    expect(body).not.toContain('value="wrong"');
    expect((await read('/sign-in')).body).not.toContain('fault');
  });

  it('says so where nobody has to sign in, and goes on', async () => {
    const body = (await serve([]).inject({ url: '/sign-in?next=/status', headers: { host: '127.0.0.1' } }))
      .body;
    expect(body).toContain('Nobody has to sign in here');
    expect(body).toContain('href="/status"');
    expect(body).not.toContain('<form');
  });
});
