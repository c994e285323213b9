/** Three faders: the mark of the house. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 22 22" aria-hidden="true">
      <rect width="22" height="22" rx="5" fill="#1d222a" />
      <path d="M6 4v14M11 4v14M16 4v14" stroke="#414b5a" strokeWidth="1.5" strokeLinecap="round" />
      <rect x="3.75" y="11" width="4.5" height="3" rx="1" fill="#fb7188" />
      <rect x="8.75" y="6" width="4.5" height="3" rx="1" fill="#f6d32b" />
      <rect x="13.75" y="9" width="4.5" height="3" rx="1" fill="#5aa9ff" />
    </svg>
  );
}
