import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { connection } from './live.ts';
import { isKiosk, signIn, waysIn, type SignInResult, type WaysIn } from './sign-in.ts';
import { words } from './settings.ts';

/** The way in, in place of any view while nobody is signed in. */
export function SignInView() {
  const [ways, setWays] = useState<WaysIn>();
  useEffect(() => {
    void waysIn().then(setWays);
  }, []);
  const say = words.value;
  return (
    <section class="sign-in card" aria-labelledby="sign-in-title">
      <h2 id="sign-in-title">{say.say('sign-in.title')}</h2>
      {isKiosk ? <TokenForm /> : null}
      {!isKiosk && ways?.password !== false ? <PasswordForm /> : null}
      {isKiosk || ways === undefined || ways.elsewhere === null ? null : (
        <a class="act" href={`sign-in/elsewhere?next=${encodeURIComponent(location.pathname)}`}>
          {ways.elsewhere}
        </a>
      )}
    </section>
  );
}

/** Comes in without loading the page anew: the way back is shorter in a hurry. */
const enter = (): void => connection.open();

function PasswordForm() {
  const say = words.value;
  return (
    <ProofForm
      button={say.say('sign-in.enter')}
      wrong={say.say('sign-in.refused')}
      proofOf={(fields) => ({ name: text(fields, 'name'), password: text(fields, 'password') })}
    >
      <label>
        {say.say('sign-in.name')}
        <input name="name" autocomplete="username" autocapitalize="none" required />
      </label>
      <label>
        {say.say('sign-in.password')}
        <input name="password" type="password" autocomplete="current-password" required />
      </label>
    </ProofForm>
  );
}

function TokenForm() {
  const say = words.value;
  return (
    <ProofForm
      button={say.say('sign-in.show')}
      wrong={say.say('sign-in.wrong-token')}
      proofOf={(fields) => ({ token: text(fields, 'token') })}
    >
      <label>
        {say.say('sign-in.token')}
        <input name="token" type="password" autocomplete="off" required />
      </label>
    </ProofForm>
  );
}

const text = (fields: FormData, name: string): string => String(fields.get(name) ?? '');

function ProofForm(props: {
  readonly button: string;
  readonly wrong: string;
  readonly proofOf: (fields: FormData) => Parameters<typeof signIn>[0];
  readonly children: ComponentChildren;
}) {
  const [result, setResult] = useState<SignInResult>();
  const [isSent, setIsSent] = useState(false);
  const send = async (form: HTMLFormElement): Promise<void> => {
    setIsSent(true);
    const answer = await signIn(props.proofOf(new FormData(form)));
    setIsSent(false);
    setResult(answer);
    if (answer.in) enter();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send(event.currentTarget);
      }}
    >
      {props.children}
      <p class="bad" role="alert">
        {result === undefined || result.in ? '' : `✕ ${faultWords(result, props.wrong)}`}
      </p>
      <button class="act" disabled={isSent}>
        {props.button}
      </button>
    </form>
  );
}

function faultWords(result: Extract<SignInResult, { in: false }>, wrong: string): string {
  const say = words.peek();
  if (result.why === 'too-many') return say.say('sign-in.too-many', { seconds: result.seconds });
  return result.why === 'refused' ? wrong : say.say('sign-in.failed');
}
