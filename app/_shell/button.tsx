'use client';

import { Button as AriaButton, type ButtonProps as AriaButtonProps, ToggleButton, Tooltip, TooltipTrigger } from 'react-aria-components';

type Look = 'plain' | 'primary' | 'quiet' | 'danger';
const BASE =
  'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border text-sm whitespace-nowrap select-none transition-colors disabled:opacity-45';
const LOOKS: Readonly<Record<Look, string>> = {
  plain: 'border-line bg-raised text-text data-[hovered]:bg-hover data-[pressed]:border-line-strong',
  primary: 'border-accent bg-accent font-semibold text-on-accent data-[hovered]:brightness-110 data-[pressed]:brightness-95',
  quiet: 'border-transparent bg-transparent text-quiet data-[hovered]:bg-hover data-[hovered]:text-text',
  danger: 'border-record/60 bg-transparent text-record data-[hovered]:bg-record/15',
};
const SIZES = { small: 'h-6 px-2 text-xs', regular: 'h-8 px-3', tall: 'h-10 px-4 text-base' } as const;

interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style'> {
  look?: Look;
  size?: keyof typeof SIZES;
  className?: string;
}

export function Button({ look = 'plain', size = 'regular', className = '', ...props }: ButtonProps) {
  return <AriaButton {...props} className={`${BASE} ${LOOKS[look]} ${SIZES[size]} ${className}`} />;
}

interface IconButtonProps extends Omit<ButtonProps, 'aria-label'> {
  /** Read aloud, and shown on hover together with the key. */
  label: string;
  keys?: string;
}

/** A square button with a picture and a name. */
export function IconButton({ label, keys, size = 'regular', className = '', ...props }: IconButtonProps) {
  const square = size === 'small' ? 'w-6 !px-0' : size === 'tall' ? 'w-11 !px-0' : 'w-8 !px-0';
  return (
    <TooltipTrigger delay={500} closeDelay={50}>
      <Button {...props} size={size} aria-label={label} className={`${square} ${className}`} />
      <Tip label={label} keys={keys} />
    </TooltipTrigger>
  );
}

interface IconToggleProps {
  label: string;
  keys?: string;
  on: boolean;
  isDisabled?: boolean;
  onChange(on: boolean): void;
  className?: string;
  children: React.ReactNode;
}

/** A square button that stays down. */
export function IconToggle({ label, keys, on, isDisabled = false, onChange, className = '', children }: IconToggleProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={50}>
      <ToggleButton
        aria-label={label}
        isSelected={on}
        isDisabled={isDisabled}
        onChange={onChange}
        className={`${BASE} h-8 min-w-8 px-2 ${on ? LOOKS.primary : LOOKS.plain} ${className}`}
      >
        {children}
      </ToggleButton>
      <Tip label={label} keys={keys} />
    </TooltipTrigger>
  );
}

function Tip({ label, keys }: { label: string; keys: string | undefined }) {
  return (
    <Tooltip offset={6} className="z-50 max-w-72 rounded-md border border-line-strong bg-raised px-2 py-1 text-xs text-text shadow-lg">
      {label}
      {keys && <kbd className="ml-2 rounded-sm border border-line-strong px-1 font-sans text-2xs text-quiet">{keys}</kbd>}
    </Tooltip>
  );
}
