export { Choice } from './choice';
export { Fader, type FaderSize, faderMargin } from './fader';
export { HandTag, handRing } from './hand-tag';
export type { Hold } from './hold';
export { Knob } from './knob';
export { LatchButton, Toggle } from './toggle';
export { type Control, useControl, useHold } from './use-control';
export { type Slide, sliderAria, useSlide } from './use-slide';
export { ValueRow } from './value-row';
