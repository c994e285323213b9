/** How a box of the channel view looks, and its title. */
export const BOX = 'flex shrink-0 flex-col gap-2 rounded-md border border-line bg-raised/40 p-2';
export const TITLE = 'text-2xs font-semibold text-quiet';
