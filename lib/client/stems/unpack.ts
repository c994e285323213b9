/** What this program takes as stems, by the end of a file's name. */
const AUDIO = /\.(wav|wave|bwf|aif|aiff|flac|mp3|ogg|oga|opus|m4a|mp4|aac)$/i;

/** Whether a file is sound, by the end of its name. */
export const isAudio = (name: string): boolean => AUDIO.test(name);

export const isZip = ({ name, type }: File): boolean => /\.zip$/i.test(name) || type === 'application/zip';

/** The audio files of a ZIP. Each keeps the time of the ZIP: what was broken off is known again by it. */
export async function* unpackZip(zip: File, progress: (done: number) => void, cancel: AbortSignal): AsyncGenerator<File> {
  const { unzipped } = await import('../../interchange');
  for await (const { name, blob } of unzipped(zip, { isWanted: isAudio, progress, cancel })) {
    yield new File([blob], name, { lastModified: zip.lastModified });
  }
}
