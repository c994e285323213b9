'use client';

import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button, IconButton } from './button';

interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose(): void;
  /** Wide for lists, narrow for questions. */
  width?: 'narrow' | 'wide';
  /** False while something runs that a stray click must not hide. */
  dismissable?: boolean;
  role?: 'dialog' | 'alertdialog';
  children: ReactNode;
}

/** A dialog over the page: focus stays inside, Escape closes it and focus returns. */
export function Dialog({ title, isOpen, onClose, width = 'narrow', dismissable = true, role = 'dialog', children }: DialogProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={dismissable}
      isKeyboardDismissDisabled={!dismissable}
      className="fixed inset-0 z-40 grid place-items-center overflow-y-auto bg-black/60 p-4"
    >
      <Modal className={`w-full rounded-lg border border-line bg-surface shadow-2xl ${width === 'wide' ? 'max-w-2xl' : 'max-w-md'}`}>
        <AriaDialog role={role} className="flex max-h-[calc(100dvh-2rem)] flex-col outline-none">
          <header className="flex items-center justify-between border-line border-b py-2 pr-2 pl-4">
            <Heading slot="title" className="font-semibold">
              {title}
            </Heading>
            {dismissable && (
              <IconButton label="Close" look="quiet" onPress={onClose}>
                <X size={16} />
              </IconButton>
            )}
          </header>
          <div className="min-h-0 overflow-y-auto p-4">{children}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

interface ConfirmProps {
  title: string;
  isOpen: boolean;
  action: string;
  onConfirm(): void;
  onClose(): void;
  children: ReactNode;
}

/** Asks before something that cannot be taken back. */
export function Confirm({ title, isOpen, action, onConfirm, onClose, children }: ConfirmProps) {
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose} role="alertdialog">
      <div className="text-quiet">{children}</div>
      <div className="mt-4 flex justify-end gap-2">
        <Button onPress={onClose} autoFocus>
          Cancel
        </Button>
        <Button
          look="danger"
          onPress={() => {
            onConfirm();
            onClose();
          }}
        >
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
