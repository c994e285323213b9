/**
 * The desk: the whole console as one WebAssembly module, the same in the audio worklet, in workers and in Node.
 *
 * All of its state lies in one shared `WebAssembly.Memory`; every `Desk` made over that memory is only a view of it:
 *
 *     const memory = createDeskMemory();
 *     const desk = instantiateDesk(module, memory);      // the page: writes operations and stems, reads meters
 *     node.port.postMessage({ module, memory });         // the worklet: instantiateDesk(module, memory).process()
 *
 * - Exactly one view calls `process` (worklet, mixdown worker, test). Exactly one view *drives*: `write`, `heap`,
 *   `setSource`, `setSlot`. The two may be the same (mixdown, Node). Anybody may read.
 * - Make the driving view first: it makes the memory ready.
 * - Operations written in one `write` count together, at a block's beginning or, with `at`, at an exact output frame.
 * - Stems are segments of `layout.segmentFrames`; put them into memory from `heap`, then `setSlot`. While a needed segment
 *   is missing the whole transport waits. 3 slots a source are enough: the one sounding, the next, the loop's start.
 * - `start` from rest resets everything, so the same start gives the same bits everywhere; the mix comes `Desk.latency`
 *   frames after the song's frame is read: `layout.latency`, and what the longest path is late by (`latency` of the operations).
 *   A render: `write([{ do: 'start', position }])`, `process()` until done, and leave out the first `latency` frames.
 * - Smoothing, cross-fades and the slope limit of remote rises happen inside. A mute, a route, a new insert never clicks.
 */
export { BLOCK_FRAMES, createDeskMemory, type Desk, instantiateDesk, type LoudnessHistory, type MixLevels } from './desk';
export { createLoudnessMeter } from './loudness';
export { type Crossfeed, DeskFull, type MonitorBand, type Operation, type ValueOwner } from './operation';
