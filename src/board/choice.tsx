import type { Signal } from '@preact/signals';

/** One of a few, all in sight: radio buttons, so that the keyboard and a screen reader know what it is. */
export function Choice<Value extends string>({
  name,
  label,
  choices,
  chosen,
}: {
  /** Unique on the page. */
  readonly name: string;
  readonly label: string;
  readonly choices: readonly (readonly [value: Value, text: string])[];
  readonly chosen: Signal<Value>;
}) {
  return (
    <fieldset class="choice">
      <legend class="unseen">{label}</legend>
      {choices.map(([value, text]) => (
        <label key={value}>
          <input
            type="radio"
            name={name}
            checked={chosen.value === value}
            onChange={() => {
              chosen.value = value;
            }}
          />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}
