import type { TalkWays } from '../protocol';
import type { Candidate, Description } from './negotiation';
import type { Microphone, TalkRim, Wire, WireEvents, WireState } from './wire';

/** What arrived longer ago than this, in milliseconds, is silence. */
const STALE_MS = 500;

const STATES: Readonly<Record<RTCPeerConnectionState, WireState>> = {
  new: 'connecting',
  connecting: 'connecting',
  connected: 'connected',
  // It often comes back by itself; where it does not the browser says that it failed.
  disconnected: 'connected',
  failed: 'failed',
  closed: 'failed',
};

/** WebRTC as a wire. */
class PeerWire implements Wire {
  private readonly connection: RTCPeerConnection;
  private readonly sound = new Audio();
  private sender: RTCRtpSender | null = null;
  private receiver: RTCRtpReceiver | null = null;
  private track: MediaStreamTrack | null = null;

  constructor({ servers, relayOnly }: TalkWays, events: WireEvents, output: () => string) {
    const iceServers = servers.map(({ urls, username, credential }) => ({
      urls,
      ...(username === undefined ? {} : { username }),
      ...(credential === undefined ? {} : { credential }),
    }));
    this.connection = new RTCPeerConnection({ iceServers, iceTransportPolicy: relayOnly ? 'relay' : 'all', bundlePolicy: 'max-bundle' });
    this.connection.onicecandidate = ({ candidate }) => {
      if (candidate?.candidate) events.candidate(plain(candidate));
    };
    this.connection.onconnectionstatechange = () => events.state(STATES[this.connection.connectionState]);
    this.connection.ontrack = ({ receiver, track }) => {
      this.receiver = receiver;
      this.sound.srcObject = new MediaStream([track]);
      void leadTo(this.sound, output());
      this.sound.play().catch(() => {
        // Without a gesture the browser lets nothing sound yet; the next touch of the page starts it.
        window.addEventListener('pointerdown', () => void this.sound.play().catch(() => {}), { once: true });
      });
    };
    this.sound.muted = true;
  }

  async offer(restart: boolean): Promise<Description> {
    this.use(this.agreed() ?? this.connection.getTransceivers()[0] ?? this.connection.addTransceiver('audio', { direction: 'sendrecv' }));
    await this.connection.setLocalDescription(await this.connection.createOffer({ iceRestart: restart }));
    return this.local();
  }

  async answer(): Promise<Description> {
    const agreed = this.agreed();
    if (agreed) this.use(agreed);
    // What a withdrawn offer of one's own left is matched with nothing.
    for (const transceiver of this.connection.getTransceivers()) if (transceiver.mid === null) transceiver.stop();
    await this.connection.setLocalDescription();
    return this.local();
  }

  async take(description: Description): Promise<void> {
    await this.connection.setRemoteDescription(description);
  }

  async candidate(candidate: Candidate): Promise<void> {
    await this.connection.addIceCandidate({
      candidate: candidate.candidate,
      sdpMid: candidate.sdpMid ?? null,
      sdpMLineIndex: candidate.sdpMLineIndex ?? null,
      usernameFragment: candidate.usernameFragment ?? null,
    });
  }

  speak(track: MediaStreamTrack | null): void {
    this.track = track;
    void this.sender?.replaceTrack(track).catch(() => {});
  }

  hear(on: boolean): void {
    this.sound.muted = !on;
  }

  level(): number {
    const [source] = this.receiver?.getSynchronizationSources() ?? [];
    if (!source || performance.timeOrigin + performance.now() - wallTime(source.timestamp) > STALE_MS) return 0;
    return source.audioLevel ?? 0;
  }

  close(): void {
    this.sound.srcObject = null;
    this.connection.onconnectionstatechange = null;
    this.connection.close();
  }

  /** The one line that both have agreed on. */
  private agreed(): RTCRtpTransceiver | undefined {
    return this.connection.getTransceivers().find(({ mid }) => mid !== null);
  }

  /** Both directions in one: to speak later needs no new agreement. */
  private use(transceiver: RTCRtpTransceiver): void {
    transceiver.direction = 'sendrecv';
    this.sender = transceiver.sender;
    if (this.track) void this.sender.replaceTrack(this.track).catch(() => {});
  }

  private local(): Description {
    const { localDescription } = this.connection;
    if (!localDescription || (localDescription.type !== 'offer' && localDescription.type !== 'answer')) throw new Error('no description');
    return { type: localDescription.type, sdp: localDescription.sdp };
  }
}

/** Some browsers count from the page's beginning, others from 1970. */
const wallTime = (timestamp: number) => (timestamp < 1e12 ? performance.timeOrigin + timestamp : timestamp);

function plain({ candidate, sdpMid, sdpMLineIndex, usernameFragment }: RTCIceCandidate): Candidate {
  return { candidate, sdpMid, sdpMLineIndex, usernameFragment };
}

async function leadTo(sound: HTMLMediaElement, output: string): Promise<void> {
  if (output !== '' && 'setSinkId' in sound) await sound.setSinkId(output).catch(() => {});
}

/** What a browser's refusal of the microphone means, and what helps. */
function refusalOf(problem: unknown): string {
  const name = problem instanceof DOMException ? problem.name : '';
  if (name === 'NotAllowedError')
    return 'This browser does not let the page use the microphone. Allow it beside the address, then press Talk again. You hear the others all the same.';
  if (name === 'NotFoundError' || name === 'OverconstrainedError')
    return 'No microphone was found. Plug one in, or choose another one beside Talk.';
  if (name === 'NotReadableError')
    return 'The microphone is in use by another program, or does not answer. Close that program and press Talk again.';
  return 'The microphone could not be opened. You hear the others all the same.';
}

async function openMicrophone(device: string): Promise<Microphone> {
  if (!navigator.mediaDevices) throw new Error('Talking needs a secure connection: open the session over https or on localhost.');
  // No deviceId at all is the system's choice; a chosen one that is unplugged is an error with a sentence.
  const wish = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 };
  const audio = device === '' ? wish : { ...wish, deviceId: { exact: device } };
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio });
  } catch (problem) {
    throw new Error(refusalOf(problem));
  }
  const [track] = stream.getAudioTracks();
  if (!track) throw new Error(refusalOf(null));
  const context = new AudioContext();
  // 170 ms: longer than from one look to the next, so that no word falls between two.
  const analyser = new AnalyserNode(context, { fftSize: 8192 });
  const source = new MediaStreamAudioSourceNode(context, { mediaStream: stream });
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    track,
    level() {
      analyser.getFloatTimeDomainData(samples);
      let peak = 0;
      for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
      return peak;
    },
    close() {
      for (const one of stream.getTracks()) one.stop();
      void context.close();
    },
  };
}

/** The browser that this runs in. Voices sound on the output that `output` names; empty for the system's. */
export function browserTalk(output: () => string): TalkRim {
  return { connect: (ways, events) => new PeerWire(ways, events, output), openMicrophone };
}
