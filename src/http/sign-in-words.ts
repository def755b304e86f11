import { type Language, LANGUAGES, languageFor } from '../lib/languages.ts';

/** Why somebody was not let in. */
export type SignInFault =
  | Exclude<FaultKey, 'too-many'>
  /** With how long to wait. */
  | { readonly seconds: number };
type FaultKey = keyof (typeof EN)['faults'];

export interface SignInWords {
  readonly title: string;
  readonly name: string;
  readonly password: string;
  readonly enter: string;
  readonly token: string;
  readonly show: string;
  readonly signedIn: string;
  readonly goOn: string;
  readonly languages: string;
  readonly faults: Readonly<Record<FaultKey, string>>;
}

const EN = {
  title: 'Sign in',
  name: 'Name',
  password: 'Password',
  enter: 'Sign in',
  token: 'Token of this display',
  show: 'Show the board',
  signedIn: 'You are signed in.',
  goOn: 'Go on',
  languages: 'Language',
  faults: {
    'nobody-signs-in': 'Nobody has to sign in here: no users are configured.',
    'no-try': 'Name and password are missing.',
    'wrong-password': 'Name or password is wrong.',
    'wrong-token': 'The token is wrong.',
    'too-many': 'Too many tries: again in {seconds} s.',
    'elsewhere-silent': 'The server to sign in at does not answer. Try again later.',
    'elsewhere-late': 'That took too long, or began elsewhere. Sign in once more.',
    'unknown-here': 'You are known there, but not here: somebody who keeps Ringside has to let you in.',
    failed: 'The sign-in did not come to its end. Try once more.',
  },
};

/** What the board says too is said in the same words there. */
export const SIGN_IN_WORDS: Readonly<Record<Language, SignInWords>> = {
  en: EN,
  'zh-Hans': {
    title: '登录',
    name: '用户名',
    password: '密码',
    enter: '登录',
    token: '此显示屏的令牌',
    show: '显示面板',
    signedIn: '您已登录。',
    goOn: '继续',
    languages: '语言',
    faults: {
      'nobody-signs-in': '此处无需登录：没有配置用户。',
      'no-try': '缺少用户名和密码。',
      'wrong-password': '用户名或密码错误。',
      'wrong-token': '令牌错误。',
      'too-many': '尝试过多：{seconds} 秒后再试。',
      'elsewhere-silent': '登录服务器没有响应。请稍后再试。',
      'elsewhere-late': '用时过长，或登录不是从这里开始的。请重新登录。',
      'unknown-here': '那里认识您，但这里还没有您：需由 Ringside 的管理员开通。',
      failed: '登录未能完成。请再试一次。',
    },
  },
  'zh-Hant': {
    title: '登入',
    name: '使用者名稱',
    password: '密碼',
    enter: '登入',
    token: '此顯示器的權杖',
    show: '顯示面板',
    signedIn: '您已登入。',
    goOn: '繼續',
    languages: '語言',
    faults: {
      'nobody-signs-in': '此處無需登入：沒有設定使用者。',
      'no-try': '缺少使用者名稱和密碼。',
      'wrong-password': '使用者名稱或密碼錯誤。',
      'wrong-token': '權杖錯誤。',
      'too-many': '嘗試過多：{seconds} 秒後再試。',
      'elsewhere-silent': '登入伺服器沒有回應。請稍後再試。',
      'elsewhere-late': '時間過長，或登入不是從這裡開始的。請重新登入。',
      'unknown-here': '那裡認得您，但這裡還沒有您：需由 Ringside 的管理員開通。',
      failed: '登入未能完成。請再試一次。',
    },
  },
  es: {
    title: 'Entrar',
    name: 'Nombre',
    password: 'Contraseña',
    enter: 'Entrar',
    token: 'Clave de esta pantalla',
    show: 'Mostrar el panel',
    signedIn: 'Ha entrado.',
    goOn: 'Continuar',
    languages: 'Idioma',
    faults: {
      'nobody-signs-in': 'Aquí nadie tiene que entrar: no hay usuarios configurados.',
      'no-try': 'Faltan el nombre y la contraseña.',
      'wrong-password': 'Nombre o contraseña incorrectos.',
      'wrong-token': 'La clave es incorrecta.',
      'too-many': 'Demasiados intentos: otra vez en {seconds} s.',
      'elsewhere-silent': 'El servidor de acceso no responde. Inténtelo más tarde.',
      'elsewhere-late': 'Ha tardado demasiado, o empezó en otro lugar. Entre de nuevo.',
      'unknown-here': 'Allí le conocen, pero aquí no: quien administra Ringside tiene que darle acceso.',
      failed: 'No se pudo completar la entrada. Inténtelo otra vez.',
    },
  },
};

/** In one language; what programs are told is English, as all that is said to them. */
export function faultWords(fault: SignInFault, language: Language = 'en'): string {
  const { faults } = SIGN_IN_WORDS[language];
  if (typeof fault === 'string') return faults[fault];
  return faults['too-many'].replace('{seconds}', String(fault.seconds));
}

/** As asked for (`?lang=`), or else the one the browser wants most (RFC 9110, section 12.5.4). */
export function signInLanguage(asked: unknown, acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? '')
    .slice(0, MOST_HEADER)
    .split(',')
    .map((part) => {
      const [tag = '', weight] = part.trim().split(/\s*;\s*q=/i);
      return { tag, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
  return LANGUAGES.find((language) => language === asked) ?? languageFor(wanted);
}
const MOST_HEADER = 200;
