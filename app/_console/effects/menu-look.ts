export const ITEM =
  'flex h-7 cursor-default items-center gap-2 rounded-sm px-2 text-xs outline-none data-[focused]:bg-hover data-[disabled]:text-quiet pointer-coarse:h-10';
export const SHEET =
  'z-50 max-h-[70dvh] min-w-44 overflow-y-auto rounded-md border border-line-strong bg-raised p-1 text-text shadow-xl outline-none';
export const HEADING = 'px-2 pt-1.5 pb-0.5 font-semibold text-2xs text-quiet';
export const BUTTON =
  'flex h-7 shrink-0 items-center gap-1.5 rounded-sm border border-line bg-raised px-2 text-xs text-text outline-none data-[focus-visible]:outline-2 data-[focus-visible]:outline-accent data-[hovered]:bg-hover data-[disabled]:text-quiet pointer-coarse:h-9';
