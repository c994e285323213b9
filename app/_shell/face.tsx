import { personColor } from '../palette';
import { initials } from './words';

const SIZES = { small: 'size-5 text-[10px]', regular: 'size-6.5 text-2xs', large: 'size-9 text-sm' } as const;

interface FaceProps {
  user: { readonly name: string; readonly color: number };
  size?: keyof typeof SIZES;
  className?: string;
}

/** A person as a coloured disc with initials. Decoration: the name stands beside it or in its tooltip. */
export function Face({ user, size = 'regular', className = '' }: FaceProps) {
  return (
    <span
      aria-hidden="true"
      className={`inline-grid shrink-0 place-items-center rounded-full font-bold text-bg leading-none ${SIZES[size]} ${className}`}
      style={{ backgroundColor: personColor(user.color) }}
    >
      {initials(user.name)}
    </span>
  );
}
