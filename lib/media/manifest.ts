import { z } from 'zod';

/** Frames in one segment at 48 kHz: four seconds. The last segment of a stem may be shorter. */
export const SEGMENT_FRAMES = 192_000;

/**
 * What a stem is made of, immutable, as JSON. Segments are independent FLAC files named by the hash of their content;
 * null stands for a segment of digital silence. A segment's address is `segmentBase + name`.
 */
export const stemManifestSchema = z.object({
  stemId: z.string(),
  frames: z.number().int().positive(),
  channels: z.union([z.literal(1), z.literal(2)]),
  bits: z.union([z.literal(16), z.literal(24)]),
  segmentBase: z.string(),
  segments: z.array(z.string().nullable()),
  /** Address of the peaks file; see `lib/media/peaks.ts`. */
  peaksUrl: z.string(),
  /** Integrated loudness of the stem, LUFS, and of each segment (null where silent). */
  loudness: z.number().nullable(),
  segmentLoudness: z.array(z.number().nullable()),
  truePeak: z.number().nullable(),
});
export type StemManifest = z.infer<typeof stemManifestSchema>;
