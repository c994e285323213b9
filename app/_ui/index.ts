export { Choice } from './choice';
export { CAP_HEIGHT, Fader } from './fader';
export { HandTag, handRing } from './hand-tag';
export { Knob } from './knob';
export { LatchButton, Toggle } from './toggle';
export { type Control, shownValueAt, useControl, useHold } from './use-control';
export { useReturnFocus } from './use-return-focus';
export { sliderAria, useSlide } from './use-slide';
export { ValueEntry } from './value-entry';
