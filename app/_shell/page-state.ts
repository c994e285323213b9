'use client';

import { create } from 'zustand';

export type PanelTab = 'comments' | 'history' | 'people' | 'meters' | 'versions' | 'check' | 'chat';
export type PhoneTab = 'song' | 'comments' | 'console' | 'meters' | 'history' | 'versions' | 'people' | 'check' | 'chat';

/** What a comment being written speaks of. */
export interface Moment {
  readonly at: number;
  readonly until?: number;
}

/** The strip, or the control, that a comment being written speaks of; `parameter` as comments keep it. */
export interface WrittenAbout {
  readonly stripId?: string | undefined;
  readonly parameter?: string | undefined;
}

interface PageState {
  /** The open tab of the panel; null while it is folded away. */
  readonly panel: PanelTab | null;
  readonly dialog: 'invite' | 'export' | 'export comments' | 'shortcuts' | null;
  /** The thread that is marked in the list, and its pin on the timeline. */
  readonly openComment: string | null;
  /** The moment of the comment being written; null while it follows the playhead. */
  readonly moment: Moment | null;
  /** The strip or control that it is on; null for whichever strip is selected. */
  readonly about: WrittenAbout | null;
  /** Counts requests to write: the writer takes the focus on each. */
  readonly writing: number;
  /** The panel of versions shows what differs. */
  readonly comparing: boolean;
  /** What the check shows: what was found, or finished songs to hold the mix against. */
  readonly checking: 'findings' | 'references';
  readonly channelView: boolean;
  /** The lessons are offered. */
  readonly learning: boolean;
  /** Height of the timeline in pixels. */
  readonly timelineHeight: number;
  readonly phoneTab: PhoneTab;
}

const FRESH: PageState = {
  panel: 'comments',
  dialog: null,
  openComment: null,
  moment: null,
  about: null,
  writing: 0,
  comparing: false,
  checking: 'findings',
  channelView: false,
  learning: false,
  timelineHeight: 300,
  phoneTab: 'song',
};

/** What only this page knows: which panel is open, which dialog. Never shared, gone with the page. */
export const usePage = create<PageState>(() => FRESH);

/** Changes the page from outside of React: keys, canvases. */
export function setPage(change: Partial<PageState>): void {
  usePage.setState(change);
}

/** Back to the beginning, for another session on the same page. */
export function resetPage(): void {
  usePage.setState(FRESH, true);
}

/** Opens the chat in place of the panel, or the panel again; on a phone its view. */
export function toggleChat(): void {
  usePage.setState(({ panel, phoneTab }) => ({
    panel: panel === 'chat' ? 'comments' : 'chat',
    phoneTab: phoneTab === 'chat' ? 'song' : 'chat',
  }));
}

/** Opens the thread of a comment beside the timeline, and on a phone in its tab. */
export function openThread(id: string): void {
  usePage.setState({ openComment: id, panel: 'comments', phoneTab: 'comments' });
}

/** Shows what was done to the mix, beside the timeline and on a phone in its tab. */
export function openHistory(): void {
  usePage.setState({ panel: 'history', phoneTab: 'history' });
}

/** Opens the writer for a comment on this moment, on a strip or control where one is given. */
export function writeComment(moment: Moment, about: WrittenAbout | null = null): void {
  usePage.setState((state) => ({ moment, about, panel: 'comments', phoneTab: 'comments', writing: state.writing + 1 }));
}
