/** The mark of a control that its automation moves. */
export function LedMark() {
  return (
    <span
      title="Follows its automation"
      className="pointer-events-none absolute -top-0.5 left-0 text-[9px] leading-none font-bold text-accent"
    >
      A
    </span>
  );
}
