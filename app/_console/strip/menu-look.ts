/** How the items and the sheets of a strip's menus look. */
export const ITEM =
  'flex h-7 cursor-default items-center gap-2 rounded-sm px-2 text-xs outline-none data-[focused]:bg-hover data-[disabled]:text-quiet';
export const SHEET = 'z-50 min-w-40 max-h-96 overflow-y-auto rounded-md border border-line-strong bg-raised p-1 text-text shadow-xl';
