import { z } from 'zod';

/** The sound of a stem, wherever it is kept: what ingest makes of a file, without addresses. */
export const stemContentSchema = z.object({
  frames: z.number().int().positive(),
  channels: z.union([z.literal(1), z.literal(2)]),
  bits: z.union([z.literal(16), z.literal(24)]),
  /**
   * What every decoded sample is to be multiplied by: 1 for nearly all stems; a greater power of two where the source went over
   * full scale (floats, lossy codecs, resampling), which FLAC can't hold. Exact in floats.
   */
  gain: z.number().positive(),
  /** One name for each segment in order; null for a segment of digital silence. */
  segments: z.array(z.string().nullable()),
  /** Integrated loudness of the stem, LUFS, and of each segment (null where silent). */
  loudness: z.number().nullable(),
  segmentLoudness: z.array(z.number().nullable()),
  /** dBTP; null where silent. */
  truePeak: z.number().nullable(),
});
export type StemContent = z.infer<typeof stemContentSchema>;

/**
 * What a stem is made of, immutable, as JSON. Segments are independent FLAC files named by the hash of their content;
 * a segment's address is `segmentBase + name`.
 */
export const stemManifestSchema = stemContentSchema.extend({
  stemId: z.string(),
  segmentBase: z.string(),
  /** Address of the peaks file; see `lib/media/peaks.ts`. */
  peaksUrl: z.string(),
});
export type StemManifest = z.infer<typeof stemManifestSchema>;
