'use client';

import { TextField as AriaTextField, FieldError, Input, Label, type TextFieldProps } from 'react-aria-components';

interface FieldProps extends Omit<TextFieldProps, 'className' | 'children' | 'style'> {
  label: string;
  hideLabel?: boolean;
  placeholder?: string;
  /** Marks what stands there when the focus comes, so that typing replaces it. */
  replaces?: boolean;
  className?: string;
}

export const INPUT =
  'h-10 w-full rounded-md border border-line-strong bg-bg px-3 text-base text-text outline-none focus:border-accent focus:ring-1 focus:ring-accent';

/** One line of text with its label. */
export function Field({ label, hideLabel = false, placeholder, replaces = false, className = '', ...props }: FieldProps) {
  return (
    <AriaTextField {...props} {...(hideLabel ? { 'aria-label': label } : {})} className={`flex flex-col gap-1 ${className}`}>
      {!hideLabel && <Label className="text-quiet text-sm">{label}</Label>}
      <Input
        className={INPUT}
        onFocus={(event) => replaces && event.target.select()}
        {...(placeholder === undefined ? {} : { placeholder })}
      />
      <FieldError className="text-record text-sm" />
    </AriaTextField>
  );
}

interface ChooseProps<T extends string> {
  label: string;
  value: T;
  choices: readonly { readonly value: NoInfer<T>; readonly label: string }[];
  onChange(value: NoInfer<T>): void;
  hideLabel?: boolean;
  isDisabled?: boolean;
  className?: string;
}

/** A short list to choose from; the platform's own, so that it works the same on a phone. */
export function Choose<T extends string>({ label, value, choices, onChange, hideLabel, isDisabled, className = '' }: ChooseProps<T>) {
  const select = (
    <select
      aria-label={label}
      value={value}
      disabled={isDisabled}
      onChange={(event) => {
        const chosen = choices.find((choice) => choice.value === event.target.value);
        if (chosen) onChange(chosen.value);
      }}
      className={`h-8 rounded-md border border-line bg-raised px-2 text-sm text-text hover:bg-hover disabled:opacity-45 ${className}`}
    >
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  );
  if (hideLabel) return select;
  return (
    <span className="flex flex-col gap-1">
      <span aria-hidden="true" className="text-quiet text-sm">
        {label}
      </span>
      {select}
    </span>
  );
}
