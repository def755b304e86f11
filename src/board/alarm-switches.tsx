import { signal, type Signal } from '@preact/signals';
import { isSoundReady, ring, wakeSound } from './alarm-sound.ts';
import { alarmNotice, alarmSound, words } from './settings.ts';

const canNotify = 'Notification' in window;
const permission = signal<NotificationPermission>(canNotify ? Notification.permission : 'denied');

/** Both are off until somebody wants them; only then the browser is asked. */
export function AlarmSwitches() {
  const say = words.value;
  const soundWaits = alarmSound.value === 'on' && !isSoundReady.value;
  return (
    <fieldset class="alarms">
      <legend>{say.say('alarm.title')}</legend>
      <Switch
        name={say.say('alarm.sound')}
        isOn={alarmSound.value === 'on'}
        setting={alarmSound}
        onSwitch={() => void soundOn()}
      />
      {soundWaits ? <span class="soft">{say.say('alarm.waits')}</span> : null}
      <Switch
        name={say.say('alarm.notify')}
        isOn={alarmNotice.value === 'on' && permission.value === 'granted'}
        setting={alarmNotice}
        onSwitch={() => void askForNotices()}
        isDenied={permission.value === 'denied'}
      />
      {permission.value === 'denied' ? <span class="soft">{say.say('alarm.denied')}</span> : null}
    </fieldset>
  );
}

function Switch(props: {
  readonly name: string;
  readonly isOn: boolean;
  readonly setting: Signal<'off' | 'on'>;
  readonly onSwitch: () => void;
  readonly isDenied?: boolean;
}) {
  return (
    <label>
      <input
        type="checkbox"
        role="switch"
        disabled={props.isDenied}
        checked={props.isOn}
        onChange={({ currentTarget: { checked } }) => {
          props.setting.value = checked ? 'on' : 'off';
          if (checked) props.onSwitch();
        }}
      />{' '}
      {props.name}
    </label>
  );
}

/** Sounds once, so that one hears what it will be like. */
async function soundOn(): Promise<void> {
  await wakeSound();
  ring();
}

async function askForNotices(): Promise<void> {
  permission.value = await Notification.requestPermission();
  if (permission.value !== 'granted') alarmNotice.value = 'off';
}
