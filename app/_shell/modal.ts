/** What has the keyboard to itself while it is open. A notice calls itself an alert dialog too, but stands in nobody's way. */
export const MODAL = '[role="dialog"], [role="alertdialog"]:not([aria-modal="false"])';
