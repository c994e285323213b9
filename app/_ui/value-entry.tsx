'use client';

import { useId, useState } from 'react';
import { takeFocus } from './take-focus';
import type { Control } from './use-control';

/** A small field over a control to type its value in: Enter takes it, Escape leaves all as it was. */
export function ValueEntry({ control, className = '' }: { control: Control; className?: string }) {
  const [text, setText] = useState(control.text);
  const [wrong, setWrong] = useState(false);
  const hint = useId();
  const close = () => control.setTyping(false);
  return (
    <span className={`absolute z-30 ${className}`}>
      <input
        ref={takeFocus}
        aria-label={`${control.label}: type a value`}
        aria-invalid={wrong}
        aria-describedby={wrong ? hint : undefined}
        className={`h-6 w-16 rounded-sm border bg-bg px-1 text-center text-xs text-text ${wrong ? 'border-record' : 'border-accent'}`}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setWrong(false);
        }}
        onPointerDown={(event) => event.stopPropagation()}
        onBlur={close}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Escape') close();
          if (event.key === 'Enter') {
            if (control.type(text)) close();
            else setWrong(true);
          }
        }}
      />
      {wrong && (
        <span id={hint} role="alert" className="absolute top-7 left-0 w-16 rounded-sm bg-raised px-1 text-2xs text-record">
          Try “{control.text}”
        </span>
      )}
    </span>
  );
}
