/** How many comments one has not seen. */
export function UnreadMark({ count, className = '' }: { count: number; className?: string }) {
  return (
    <span
      role="img"
      aria-label={`${count} unread`}
      className={`inline-grid h-4 min-w-4 place-items-center rounded-full bg-accent px-1 font-bold text-[10px] text-on-accent leading-none ${className}`}
    >
      {count > 99 ? '99+' : count}
    </span>
  );
}
