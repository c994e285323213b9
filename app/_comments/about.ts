import { type Mix, type Target, targetKey, targetOf } from '../../lib/mix';
import type { Comment } from '../../lib/protocol';
import { targetLabel } from '../_ui';

/** What a comment speaks of: a strip, or one control of it (a parameter of the strip, or another control's whole key). */
export type About = Pick<Comment, 'stripId' | 'parameter'>;

/** The control that a comment speaks of; null where it is of a strip, or of the song. */
export function controlOf({ stripId, parameter }: About): Target | null {
  if (parameter === undefined) return null;
  const whole = targetOf(parameter);
  if (whole) return whole;
  return stripId === undefined ? null : { on: 'strip', id: stripId, parameter };
}

/** How a comment keeps that it speaks of a control. */
export function aboutControl(mix: Mix, target: Target): About {
  if (target.on === 'strip') return { stripId: target.id, parameter: target.parameter };
  const strip = target.on === 'send' ? target.id.split('>')[0] : mix.inserts.get(target.id)?.strip;
  return { ...(strip === undefined ? {} : { stripId: strip }), parameter: targetKey(target) };
}

/** In words: "Kick Fader", "Kick"; empty for the song, and for what is gone. */
export function aboutWords(mix: Mix, about: About): string {
  const control = controlOf(about);
  const label = control && targetLabel(mix, control);
  return label || ([...mix.strips.values()].find(({ id }) => id === about.stripId)?.name ?? '');
}
