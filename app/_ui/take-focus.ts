/** For the `ref` of a field that takes the place of what had the focus: it has it at once, ready to be typed over. */
export function takeFocus(field: HTMLInputElement | null): void {
  field?.focus();
  field?.select();
}
