'use client';

import { useState } from 'react';
import { api } from '../../lib/client';
import type { User } from '../../lib/protocol';
import { Button } from '../_shell/button';
import { Face } from '../_shell/face';
import { Field } from '../_shell/field';
import { NAME_FIELD } from '../_shell/one-field-form';
import { attempt, tell } from '../_shell/toasts';
import { personColor } from '../palette';

const COLORS = Array.from({ length: 12 }, (_, index) => index);

/** Name and colour, as the others see them. */
export function Profile({ user, onChanged }: { user: User; onChanged(): void }) {
  const [name, setName] = useState(user.name);
  const change = async (wish: { name?: string; color?: number }) => {
    if (!(await attempt(api.changeProfile(wish)))) return;
    tell({ level: 'info', text: 'The others see it from now on.' });
    onChanged();
  };
  return (
    <section aria-labelledby="profile" className="flex flex-col gap-3">
      <h2 id="profile" className="font-semibold text-lg">
        How the others see you
      </h2>
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          void change({ name: name.trim() });
        }}
      >
        <Face user={{ ...user, name }} size="large" />
        <Field {...NAME_FIELD} value={name} onChange={setName} className="min-w-0 flex-1" />
        <Button type="submit" className="!h-10" isDisabled={name.trim() === '' || name.trim() === user.name}>
          Change
        </Button>
      </form>
      <div role="radiogroup" aria-label="Your colour" className="flex flex-wrap gap-1.5">
        {COLORS.map((color) => (
          <label
            key={color}
            className="relative grid size-8 cursor-pointer place-items-center rounded-full has-checked:ring-2 has-checked:ring-text has-focus-visible:outline-2 has-focus-visible:outline-accent"
            style={{ backgroundColor: personColor(color) }}
          >
            <input
              type="radio"
              name="color"
              aria-label={`Colour ${color + 1}`}
              checked={user.color === color}
              onChange={() => void change({ color })}
              className="absolute inset-0 cursor-pointer opacity-0"
            />
          </label>
        ))}
      </div>
      <p className="text-quiet text-sm">In a session where somebody has your colour already you get the next that is free.</p>
    </section>
  );
}
