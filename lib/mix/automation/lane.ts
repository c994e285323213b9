import type { Seconds } from '../../units';
import type { Target } from '../model/target';

/** How the value goes from a point to the next one: stays, in a straight line, or in an S. */
export const CURVES = ['hold', 'linear', 'smooth'] as const;
export type Curve = (typeof CURVES)[number];

/** What a lane says at one moment of the song. */
export interface Breakpoint {
  /** Seconds from the song's start. */
  readonly at: Seconds;
  /** In the parameter's unit. */
  readonly value: number;
  readonly curve: Curve;
}

export interface LanePoint extends Breakpoint {
  readonly id: string;
}

/** The automation of one control. Points are in order of time, those of one moment in order of their ids. */
export interface Lane {
  /** The target's key. */
  readonly id: string;
  readonly target: Target;
  /** False while it is switched off: the control then stands where it was left. */
  readonly read: boolean;
  readonly points: readonly LanePoint[];
}

/** Points a lane may have: a whole one still travels in one message of the mix's line. */
export const MOST_POINTS = 1024;

/** Lanes a mix may have. */
export const MOST_LANES = 1024;

/** True for a lane that moves its control. */
export function leads(lane: Lane | undefined): lane is Lane {
  return lane?.read === true && lane.points.length > 0;
}
