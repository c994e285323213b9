import { z } from 'zod';

/** A mark in a reference that somebody set by hand: where a part of it begins. Seconds of the reference. */
const referenceMarkSchema = z.object({ at: z.number().min(0).max(86_400), name: z.string().trim().max(40) });
const marks = z.array(referenceMarkSchema).max(64);
/** Seconds by which the reference is further on than the song: its own place at the song's beginning. */
const offset = z.number().min(-86_400).max(86_400);

/** How a reference lies beside the song; the same for everybody. */
export const alignmentSchema = z.object({ offset, marks });
export const alignmentRequest = z.object({ offset, marks }).partial();

export type Alignment = z.infer<typeof alignmentSchema>;
export type AlignmentRequest = z.input<typeof alignmentRequest>;
